//! What a running server serves: its table, and the texts of the restaurants that differ from ours.

use std::collections::HashMap;
use std::sync::Arc;

use reqwest::{StatusCode, Url};
use serde::Deserialize;
use thiserror::Error;

use crate::cli::call::http_client;
use crate::cli::check::gather::Gathered;
use crate::config::{Capabilities, read};
use crate::restaurant::{Digest, PhoneNumber, Restaurant};
use crate::routing::{RoutingTable, Served};

/// Why the server's table is not to be had.
#[derive(Debug, Error)]
pub(in crate::cli) enum ServerError {
    #[error("{url} is not the address of a server: {reason}")]
    Url { url: String, reason: String },
    #[error("could not ask {url}: {why}")]
    Unreachable { url: String, why: String },
    #[error(
        "the server does not show its table without the right admin token (set MAITRED_ADMIN_TOKEN)"
    )]
    Forbidden,
    #[error("{url} answered {status}")]
    Status { url: String, status: u16 },
    #[error("{url} answered something else than a table: {why}")]
    Answer { url: String, why: String },
    #[error("what the server serves as {id} cannot be read here: {why}")]
    Text { id: String, why: String },
}

/// The parts of `GET /api/table` that are needed.
#[derive(Debug, Deserialize)]
struct Table {
    generation: u64,
    restaurants: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    phone_numbers: Vec<String>,
    file: String,
    digest: String,
}

/// The table in force at `server`. A restaurant whose bytes lie here too is not asked for again.
///
/// # Errors
/// See [`ServerError`].
pub(in crate::cli) async fn table(
    server: &str,
    token: Option<&str>,
    local: &Gathered,
) -> Result<RoutingTable, ServerError> {
    let client = Client::new(server, token)?;
    let text = client.get(&["api", "table"]).await?;
    let table: Table = serde_json::from_slice(&text).map_err(|error| ServerError::Answer {
        url: server.to_owned(),
        why: error.to_string(),
    })?;
    let here: HashMap<&str, &Arc<Restaurant>> = local
        .candidates
        .iter()
        .map(|candidate| {
            let served = &candidate.served;
            (served.digest.as_str(), &served.restaurant)
        })
        .collect();
    let mut owners = HashMap::new();
    for row in table.restaurants {
        let served = match (here.get(row.digest.as_str()), Digest::parse(&row.digest)) {
            (Some(same), Some(digest)) => Served {
                restaurant: Arc::clone(same),
                digest,
                file: row.file,
            },
            _ => {
                let bytes = client.get(&["api", "restaurants", &row.id]).await?;
                served(&bytes, row.id, row.file)?
            }
        };
        let served = Arc::new(served);
        for number in row.phone_numbers {
            if let Ok(number) = PhoneNumber::parse(&number) {
                owners.insert(number, Arc::clone(&served));
            }
        }
    }
    Ok(RoutingTable::with_owners(table.generation, owners))
}

/// The server took the text, so whatever engines it names are there.
fn served(bytes: &[u8], id: String, file: String) -> Result<Served, ServerError> {
    let there = Capabilities {
        voices: None,
        llm: true,
        ..Capabilities::embedded()
    };
    let reading = read(bytes, &there);
    let why = || {
        let first = reading.problems.iter().find(|problem| problem.is_error());
        first.map_or_else(String::new, crate::config::Problem::one_line)
    };
    let restaurant = reading
        .restaurant
        .clone()
        .ok_or_else(|| ServerError::Text { id, why: why() })?;
    Ok(Served {
        restaurant,
        digest: reading.digest,
        file,
    })
}

struct Client {
    http: reqwest::Client,
    base: Url,
    token: Option<String>,
}

impl Client {
    fn new(server: &str, token: Option<&str>) -> Result<Self, ServerError> {
        let bad = |reason: String| ServerError::Url {
            url: server.to_owned(),
            reason,
        };
        let base = Url::parse(server).map_err(|error| bad(error.to_string()))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(bad("it begins with neither http:// nor https://".to_owned()));
        }
        Ok(Self {
            http: http_client(server, None).map_err(|error| bad(error.to_string()))?,
            base,
            token: token.map(str::to_owned),
        })
    }

    async fn get(&self, path: &[&str]) -> Result<Vec<u8>, ServerError> {
        let mut url = self.base.clone();
        url.set_query(None);
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        let shown = url.to_string();
        let unreachable = |error: reqwest::Error| ServerError::Unreachable {
            url: shown.clone(),
            why: root_cause(&error),
        };
        let mut request = self.http.get(url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.map_err(unreachable)?;
        match response.status() {
            StatusCode::OK => {
                let bytes = response.bytes().await.map_err(unreachable)?;
                Ok(bytes.to_vec())
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(ServerError::Forbidden),
            status => Err(ServerError::Status {
                url: shown,
                status: status.as_u16(),
            }),
        }
    }
}

/// reqwest says "error sending request"; what helps is below that.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
