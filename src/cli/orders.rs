//! `maitred orders list|show|accept|refuse|redeliver`: works on the store directly, server running or not.
#![expect(
    clippy::disallowed_methods,
    reason = "a command: it asks the clock for --since 2h and the environment for DATABASE_URL"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use uuid::Uuid;

use super::orders_text::{order_text, table, way_text};
use crate::order::{Answer, Dispatch, NotTaken, PlacedOrder, order_json, order_way_json, ticket};
use crate::restaurant::RestaurantId;
use crate::store::{OrderFilter, Store, StoreError, default_url};
use crate::words::{printable_json, printable_lines};

/// Lists and shows stored orders.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 fine, 1 no such order, 2 wrong usage or a database that cannot be read.

Examples:
  maitred orders list
  maitred orders list --restaurant luna --since 2h
  maitred orders list --json | jq -r .total
  maitred orders show 12
  maitred orders show 12 --restaurant luna --json
  maitred orders show 12 --ticket
  maitred orders accept 12 --restaurant luna --ready-at 2026-11-30T18:45:00Z
  maitred orders refuse 12 --reason \"out of salmon\"
  maitred orders redeliver 12")]
pub struct OrdersArgs {
    #[command(subcommand)]
    command: OrdersCommand,
}

#[derive(Debug, Subcommand)]
enum OrdersCommand {
    /// The latest orders, newest first.
    List(ListArgs),
    /// One order, by its id or the number the caller was told.
    Show(ShowArgs),
    /// The restaurant makes an order.
    Accept(AcceptArgs),
    /// The restaurant does not make an order; one that was accepted is cancelled.
    Refuse(RefuseArgs),
    /// Sends an order again: by the channels that failed, or by all when none did. A running server does it within a second.
    Redeliver(KeyArgs),
}

#[derive(Debug, Args)]
struct DatabaseArgs {
    /// Folder of the server's data; orders are in its maitred.db.
    #[arg(long, env = "MAITRED_DATA", default_value = "data")]
    data: PathBuf,
    /// Database address, such as sqlite://data/maitred.db; wins over --data. DATABASE_URL is read too.
    #[arg(long, env = "MAITRED_DATABASE_URL")]
    database_url: Option<String>,
    /// Print JSON instead of text (list: one order per line).
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct ListArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Only this restaurant's.
    #[arg(long, value_name = "ID", value_parser = restaurant_id)]
    restaurant: Option<RestaurantId>,
    /// Only orders since a time (2026-11-23T18:00:00Z), a day (2026-11-23, UTC) or so long ago (90m, 2h, 3d).
    #[arg(long, value_name = "WHEN", value_parser = since)]
    since: Option<Timestamp>,
    /// Only orders of this call.
    #[arg(long, value_name = "CALL_SID")]
    call: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 100, value_name = "N")]
    limit: u32,
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// The order's id, or its spoken number: the latest order with that number is shown.
    #[arg(value_name = "ID|NUMBER", value_parser = order_key)]
    order: OrderKey,
    /// Of which restaurant the number is.
    #[arg(long, value_name = "ID", value_parser = restaurant_id)]
    restaurant: Option<RestaurantId>,
    /// As a ticket for the kitchen, in lines that fit an 80 mm printer; its time is UTC.
    #[arg(long, conflicts_with = "json")]
    ticket: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Debug, Args)]
struct KeyArgs {
    /// The order's id, or its spoken number: the latest order with that number is meant.
    #[arg(value_name = "ID|NUMBER", value_parser = order_key)]
    order: OrderKey,
    /// Of which restaurant the number is.
    #[arg(long, value_name = "ID", value_parser = restaurant_id)]
    restaurant: Option<RestaurantId>,
    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Debug, Args)]
struct AcceptArgs {
    #[command(flatten)]
    key: KeyArgs,
    /// When it can be fetched, such as 2026-11-30T18:45:00Z.
    #[arg(long, value_name = "TIME")]
    ready_at: Option<Timestamp>,
}

#[derive(Debug, Args)]
struct RefuseArgs {
    #[command(flatten)]
    key: KeyArgs,
    /// Why, for the record.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Clone, Debug)]
enum OrderKey {
    Id(Uuid),
    Number(u32),
}

/// Who is on record.
const BY: &str = "command";

/// Runs the command: 0 fine, 1 no such order, 2 unreadable store.
pub async fn run(args: OrdersArgs) -> ExitCode {
    let answer = match args.command {
        OrdersCommand::List(args) => list(args).await,
        OrdersCommand::Show(args) => show(args).await,
        OrdersCommand::Accept(args) => {
            let ready_at = args.ready_at;
            let answer = Answer::Accept { ready_at };
            change(args.key, |order| order.answer(answer, BY, Timestamp::now())).await
        }
        OrdersCommand::Refuse(args) => {
            let answer = Answer::Refuse {
                reason: args.reason,
            };
            change(args.key, |order| order.answer(answer, BY, Timestamp::now())).await
        }
        OrdersCommand::Redeliver(key) => {
            change(key, |order| order.redeliver(BY, Timestamp::now()).map(drop)).await
        }
    };
    answer.unwrap_or_else(|error| {
        eprintln!("maitred orders: {error:#}");
        ExitCode::from(2)
    })
}

async fn list(args: ListArgs) -> anyhow::Result<ExitCode> {
    let filtered = args.restaurant.is_some() || args.since.is_some() || args.call.is_some();
    let filter = OrderFilter {
        call_sid: args.call,
        account_sid: None,
        restaurant: args.restaurant,
        since: args.since,
        limit: args.limit,
    };
    let (url, store) = open(&args.database).await?;
    let orders = match &store {
        Some(store) => store.orders(&filter).await.context("cannot list")?,
        None => Vec::new(),
    };
    if args.database.json {
        for order in &orders {
            println!("{}", printable_json(&order_json(order).to_string()));
        }
    } else if orders.is_empty() {
        // On stderr, so that a pipe behind the list reads nothing when there is nothing.
        eprintln!("{}", nothing_yet(&url, store.is_some(), filtered));
    } else {
        print!("{}", table(&orders));
    }
    close(store).await;
    Ok(ExitCode::SUCCESS)
}

async fn show(args: ShowArgs) -> anyhow::Result<ExitCode> {
    let (url, store) = open(&args.database).await?;
    let found = find(store.as_ref(), &args.order, args.restaurant.as_ref()).await?;
    let ways = match (&store, &found) {
        (Some(store), Some(order)) => store.order_ways(&[order.id]).await?,
        _ => Vec::new(),
    };
    let way = ways.into_iter().next().unwrap_or_default();
    let exists = store.is_some();
    close(store).await;
    match found {
        Some(order) if args.database.json => {
            let json = order_way_json(&order, &way.deliveries, &way.changes);
            println!("{}", printable_json(&json.to_string()));
        }
        Some(order) if args.ticket => {
            print!("{}", printable_lines(&ticket(&order, &TimeZone::UTC)));
        }
        Some(order) => print!("{}{}", order_text(&order), way_text(&way)),
        None => return Ok(no_such_order(&url, exists)),
    }
    Ok(ExitCode::SUCCESS)
}

async fn find(
    store: Option<&Store>,
    key: &OrderKey,
    restaurant: Option<&RestaurantId>,
) -> Result<Option<PlacedOrder>, StoreError> {
    match (store, key) {
        (None, _) => Ok(None),
        (Some(store), OrderKey::Id(id)) => store.order(*id).await,
        (Some(store), OrderKey::Number(number)) => store.order_numbered(*number, restaurant).await,
    }
}

/// Changes an order and says how it stands; 1 when there is none, or it does not take it.
async fn change(
    args: KeyArgs,
    work: impl FnOnce(&mut Dispatch) -> Result<(), NotTaken> + Send,
) -> anyhow::Result<ExitCode> {
    let (url, store) = open(&args.database).await?;
    let found = find(store.as_ref(), &args.order, args.restaurant.as_ref()).await?;
    let exists = store.is_some();
    let (Some(store), Some(order)) = (store, found) else {
        return Ok(no_such_order(&url, exists));
    };
    let done = store.dispatch(order.id, work).await?;
    let way = store.order_ways(&[order.id]).await?;
    store.close().await;
    let Some(done) = done else {
        return Ok(no_such_order(&url, true));
    };
    if let Err(error) = done.result {
        eprintln!("order {} stays as it is: {error}", order.number);
        return Ok(ExitCode::from(1));
    }
    let way = way.into_iter().next().unwrap_or_default();
    match args.database.json {
        true => {
            let json = order_way_json(&done.order, &way.deliveries, &way.changes);
            println!("{}", printable_json(&json.to_string()));
        }
        false => print!("{}{}", order_text(&done.order), way_text(&way)),
    }
    Ok(ExitCode::SUCCESS)
}

fn no_such_order(url: &str, exists: bool) -> ExitCode {
    match exists {
        true => eprintln!("no such order in {url}; `maitred orders list` shows what is there"),
        false => eprintln!("{}", nothing_yet(url, exists, false)),
    }
    ExitCode::from(1)
}

/// The address looked at, and the store if there is one: no database yet is no orders yet, not an error.
async fn open(args: &DatabaseArgs) -> anyhow::Result<(String, Option<Store>)> {
    let given = args.database_url.clone().filter(|url| !url.is_empty());
    let url = given
        .or_else(|| {
            std::env::var("DATABASE_URL")
                .ok()
                .filter(|url| !url.is_empty())
        })
        .unwrap_or_else(|| default_url(&args.data));
    match Store::open_existing(&url).await {
        Ok(store) => Ok((url, Some(store))),
        Err(StoreError::Missing(_)) => Ok((url, None)),
        Err(error) => Err(error).with_context(|| format!("cannot open {url}")),
    }
}

async fn close(store: Option<Store>) {
    if let Some(store) = store {
        store.close().await;
    }
}

fn nothing_yet(url: &str, exists: bool, filtered: bool) -> String {
    match (exists, filtered) {
        (true, true) => format!("no order in {url} passes these filters"),
        (true, false) => format!(
            "no orders in {url} yet: call one of your numbers, or place a test order with `maitred call NUMBER --test`"
        ),
        (false, _) => format!(
            "there is no database at {url} yet: `maitred serve` makes it; if yours is elsewhere, name it with --data or --database-url"
        ),
    }
}

fn restaurant_id(text: &str) -> Result<RestaurantId, String> {
    RestaurantId::parse(text).ok_or_else(|| {
        "a restaurant's id has 1 to 64 letters, digits, dashes or underscores".to_owned()
    })
}

fn order_key(text: &str) -> Result<OrderKey, String> {
    let number = text.trim_start_matches('#');
    if let Ok(number) = number.parse() {
        return Ok(OrderKey::Number(number));
    }
    Uuid::parse_str(text)
        .map(OrderKey::Id)
        .map_err(|_| "expected an order's id or its number, such as 12".to_owned())
}

fn since(text: &str) -> Result<Timestamp, String> {
    since_before(text, Timestamp::now())
}

fn since_before(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    if let Ok(day) = text.parse::<jiff::civil::Date>() {
        return day
            .to_zoned_datetime(TimeZone::UTC)
            .map(|midnight| midnight.timestamp())
            .map_err(|error| error.to_string());
    }
    text.parse::<Span>()
        .and_then(|ago| now.to_zoned_datetime(TimeZone::UTC).checked_sub(ago))
        .map(|at| at.timestamp())
        .map_err(|_| "expected 2026-11-23T18:00:00Z, 2026-11-23, 90m, 2h or 3d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: OrdersArgs,
    }

    async fn exit_code(words: &[&str], url: &str) -> String {
        let line = [&["orders"], words, &["--database-url", url]].concat();
        let parsed = <Line as clap::Parser>::try_parse_from(line).unwrap();
        format!("{:?}", run(parsed.args).await)
    }

    #[tokio::test]
    async fn the_exit_code_tells_none_from_unreadable() {
        let code = |number: u8| format!("{:?}", ExitCode::from(number));
        let folder = tempfile::tempdir().unwrap();
        let url = default_url(folder.path());
        assert_eq!(exit_code(&["list"], &url).await, code(0), "no database yet");
        Store::open(&url).await.unwrap().close().await;
        assert_eq!(exit_code(&["list", "--json"], &url).await, code(0));
        assert_eq!(
            exit_code(&["show", "12"], &url).await,
            code(1),
            "no such order"
        );
        std::fs::write(
            folder.path().join("notes.txt"),
            "not a database, but long enough",
        )
        .unwrap();
        let notes = format!("sqlite://{}", folder.path().join("notes.txt").display());
        assert_eq!(exit_code(&["list"], &notes).await, code(2));
        assert_eq!(exit_code(&["list"], "postgres://host/db").await, code(2));
    }

    #[test]
    fn since_takes_a_time_a_day_or_so_long_ago() {
        let now: Timestamp = "2026-11-23T18:30:00Z".parse().unwrap();
        for (text, expected) in [
            ("2026-11-23T18:00:00Z", "2026-11-23T18:00:00Z"),
            ("2026-11-23T13:00:00-05:00", "2026-11-23T18:00:00Z"),
            ("2026-11-22", "2026-11-22T00:00:00Z"),
            ("90m", "2026-11-23T17:00:00Z"),
            ("2h", "2026-11-23T16:30:00Z"),
            ("3d", "2026-11-20T18:30:00Z"),
        ] {
            assert_eq!(
                since_before(text, now).unwrap().to_string(),
                expected,
                "{text}"
            );
        }
        assert!(since_before("yesterday-ish", now).is_err());
    }

    #[test]
    fn an_order_is_named_by_number_or_id() {
        assert!(matches!(order_key("12"), Ok(OrderKey::Number(12))));
        assert!(matches!(order_key("#12"), Ok(OrderKey::Number(12))));
        let id = "0193576e-0d6e-7c80-8000-0123456789ab";
        assert!(matches!(order_key(id), Ok(OrderKey::Id(_))));
        assert!(order_key("twelve").is_err());
    }

    #[test]
    fn an_empty_list_says_what_to_do() {
        let texts = [
            nothing_yet("sqlite://x", false, false),
            nothing_yet("sqlite://x", true, false),
            nothing_yet("sqlite://x", true, true),
        ];
        assert!(texts[0].contains("--data"), "{}", texts[0]);
        assert!(texts[1].contains("maitred call"), "{}", texts[1]);
        assert!(texts[2].contains("filters"), "{}", texts[2]);
    }
}
