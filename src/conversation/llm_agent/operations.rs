//! Doing what a tool call asks: the cart's own operations, the engine's own sentences.

use serde_json::{Value, json};

use super::super::intent::{self, Intent};
use super::super::question::Question;
use super::super::speech::Speech;
use super::super::waiter::Waiter;
use super::super::{Action, Reply, Sentence, State, describe};
use super::arguments::{Operation, Quantity};
use super::{search, view};
use crate::order::{Cart, CartError, CartLine, LineId, Picked};

/// What a tool call did.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Done {
    /// Told to the model.
    pub result: Value,
    /// Told to the caller.
    pub sentences: Vec<Sentence>,
    /// The turn is over with this.
    pub ends: Option<Action>,
}

/// Does `operation`; `words` are the caller's of this turn, `fresh` that the read-back was heard in an earlier one.
pub(super) fn perform(waiter: &mut Waiter, operation: Operation, words: &str, fresh: bool) -> Done {
    match operation {
        Operation::Search { query } => searched(waiter, &query),
        Operation::Add {
            item,
            quantity,
            picked,
            notes,
        } => {
            let before = waiter.cart.clone();
            let added = match quantity {
                Quantity::Pieces(pieces) => waiter.cart.add(item, pieces, &picked),
                Quantity::Measured(measure) => waiter.cart.add_measure(item, measure, &picked),
            };
            let added = added.and_then(|id| noted(&mut waiter.cart, id, &notes));
            whole(waiter, before, added)
        }
        Operation::Change {
            line,
            quantity,
            item,
            choices,
            forget,
            notes,
        } => {
            let before = waiter.cart.clone();
            let changed = change(&mut waiter.cart, line, quantity, item, (&choices, &forget));
            let changed = changed.and_then(|id| noted(&mut waiter.cart, id, &notes));
            whole(waiter, before, changed)
        }
        Operation::Note(note) => {
            let mut speech = Speech::default();
            match waiter.cart.note_order(&note) {
                Ok(()) => {
                    reopen(waiter);
                    speech.say(waiter.words.noted(&note));
                    spoken(waiter, speech)
                }
                Err(error) => cannot(waiter, error),
            }
        }
        Operation::Remove { line } => removed(waiter, line),
        Operation::SayPrice { item, picked } => priced(waiter, item, &picked),
        Operation::Name(name) => {
            waiter.cart.name = Some(name);
            unspoken(json!({"ok": true}))
        }
        Operation::Fulfilment(fulfilment) => {
            waiter.cart.fulfilment = Some(fulfilment);
            unspoken(json!({"ok": true}))
        }
        Operation::ReadBack => over(waiter.wrap_up(Speech::default())),
        Operation::Place => placed(waiter, words, fresh),
        Operation::Cancel => over(waiter.cancel_asked()),
        Operation::HandOff => over(waiter.hand_off(Speech::default())),
    }
}

/// A result for the model alone.
fn unspoken(result: Value) -> Done {
    Done {
        result,
        sentences: Vec::new(),
        ends: None,
    }
}

/// A call that cannot be done: the model is told why, the caller nothing.
pub(super) fn refused(problem: &str) -> Done {
    unspoken(json!({"ok": false, "problem": problem}))
}

/// The engine's reply ends the turn.
fn over(reply: Reply) -> Done {
    Done {
        result: json!({"ok": true, "caller_heard": text(&reply.sentences)}),
        sentences: reply.sentences,
        ends: Some(reply.action),
    }
}

fn text(sentences: &[Sentence]) -> String {
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    texts.join(" ")
}

fn change(
    cart: &mut Cart,
    line: LineId,
    quantity: Option<Quantity>,
    item: Option<usize>,
    (choices, forget): (&[Picked], &[Picked]),
) -> Result<LineId, CartError> {
    // The number first, while the line still has its id: an equal line may take it in later. An amount is one of the new item.
    if let Some(Quantity::Pieces(pieces)) = quantity {
        cart.set_quantity(line, pieces)?;
    }
    let mut id = match item {
        Some(item) => cart.replace(line, item)?,
        None => line,
    };
    if let Some(Quantity::Measured(measure)) = quantity {
        cart.set_measure(id, measure)?;
    }
    for pick in forget {
        id = cart.unchoose(id, pick.option, pick.choice)?;
    }
    for &pick in choices {
        id = cart.choose(id, pick)?;
    }
    Ok(id)
}

/// Requests to the kitchen about a line.
fn noted(cart: &mut Cart, line: LineId, notes: &[String]) -> Result<LineId, CartError> {
    notes.iter().try_fold(line, |id, note| cart.note(id, note))
}

/// A change is made whole or not at all.
fn whole(waiter: &mut Waiter, before: Cart, changed: Result<LineId, CartError>) -> Done {
    if changed.is_err() {
        waiter.cart = before;
    }
    settled(waiter, changed)
}

/// The order changed: what was read back is void, and the caller hears the line as it now is.
fn settled(waiter: &mut Waiter, changed: Result<LineId, CartError>) -> Done {
    match changed {
        Ok(id) => {
            reopen(waiter);
            let mut speech = Speech::default();
            waiter.acknowledge(&mut speech, id);
            let notes = waiter
                .cart
                .line(id)
                .map(CartLine::notes)
                .unwrap_or_default();
            for note in notes {
                speech.say(waiter.words.noted(note));
            }
            spoken(waiter, speech)
        }
        Err(error) => cannot(waiter, error),
    }
}

/// Why the order does not allow it, for the model.
fn cannot(waiter: &Waiter, error: CartError) -> Done {
    let mut speech = Speech::default();
    waiter.note(&mut speech, Some(error));
    let problem = text(&speech.reply(Action::Listen).sentences);
    refused(if problem.is_empty() {
        "the order does not allow that"
    } else {
        &problem
    })
}

fn removed(waiter: &mut Waiter, line: LineId) -> Done {
    let gone = waiter.cart.line(line).map(|line| {
        let item = waiter.cart.item(line);
        describe::goods(waiter.words, item, line.quantity(), line.picked())
    });
    match (waiter.cart.remove(line), gone) {
        (Ok(()), Some(gone)) => {
            reopen(waiter);
            let mut speech = Speech::default();
            speech.say(waiter.words.removed(&gone));
            spoken(waiter, speech)
        }
        _ => refused("the order has no such line"),
    }
}

fn spoken(waiter: &Waiter, speech: Speech) -> Done {
    let sentences = speech.reply(Action::Listen).sentences;
    let mut result = view::order(waiter);
    result["ok"] = json!(true);
    result["caller_heard"] = json!(text(&sentences));
    Done {
        result,
        sentences,
        ends: None,
    }
}

fn reopen(waiter: &mut Waiter) {
    waiter.state = State::Ordering;
    waiter.question = Question::Free;
    waiter.misses = 0;
}

fn searched(waiter: &Waiter, query: &str) -> Done {
    let found = search::search(waiter, query);
    if found.is_empty() {
        return unspoken(json!({"ok": true, "items": "nothing on the menu is like that"}));
    }
    unspoken(json!({"ok": true, "items": found}))
}

fn priced(waiter: &Waiter, item: usize, picked: &[Picked]) -> Done {
    let mut scratch = Cart::new(waiter.restaurant.clone());
    let priced = scratch.add(item, 1, picked);
    let (Ok(id), item) = (priced, &waiter.restaurant.menu.items[item]) else {
        return refused("it cannot be had that way");
    };
    let Some(line) = scratch.line(id) else {
        return refused("it cannot be had that way");
    };
    let what = describe::goods(waiter.words, item, 1, line.picked());
    let price = scratch.unit_price(line).display(waiter.restaurant.currency);
    let mut speech = Speech::default();
    speech.say(if item.has_market_price() {
        waiter.words.market_price(&what)
    } else if scratch.missing().is_some() {
        waiter.words.price_from(&what, &price)
    } else {
        waiter.words.price_is(&what, &price)
    });
    let sentences = speech.reply(Action::Listen).sentences;
    Done {
        result: json!({"ok": true, "caller_heard": text(&sentences)}),
        sentences,
        ends: None,
    }
}

/// The engine, too, must have heard a yes: to this read-back, in this turn.
fn placed(waiter: &mut Waiter, words: &str, fresh: bool) -> Done {
    let asked = waiter.question == Question::Confirm && waiter.state == State::Confirming;
    if !asked || !fresh {
        return refused("the order as it is was not read back; call read_back first");
    }
    if !says_yes(waiter, words) {
        return refused("the caller has not clearly said yes; ask whether the order is right");
    }
    match waiter.answer_confirm("yes") {
        Some(reply) => over(reply),
        None => refused("something is missing; call read_back"),
    }
}

/// A yes to the read-back, with nothing said against it and nothing ordered beside it.
fn says_yes(waiter: &Waiter, words: &str) -> bool {
    const YES: &[&str] = &[
        "correct",
        "perfect",
        "right",
        "exactly",
        "thats it",
        "looks good",
        "sounds good",
        "sounds great",
        "go ahead",
        "place it",
        "please do",
        "great",
    ];
    const BUT: &[&str] = &[
        "no", "not", "dont", "wait", "but", "actually", "instead", "change", "cancel", "remove",
        "add", "without", "isnt", "wrong", "how", "what", "when", "if",
    ];
    let plain = intent::plain(waiter.menu.read(words).text());
    let holds = |phrases: &[&str]| phrases.iter().any(|phrase| intent::holds(&plain, phrase));
    match intent::yes_or_no(&plain) {
        Some(Intent::Yes) => true,
        Some(_) => false,
        None => {
            let heard = waiter.menu.understand(&plain, &[]);
            let more = !heard.lines.is_empty() || !heard.ambiguous.is_empty();
            (intent::begins_with_yes(&plain) || holds(YES)) && !holds(BUT) && !more
        }
    }
}
