//! How soon the line is answered, and how soon the waiter falls silent when the caller cuts in.

use maitred::cli::call::{Act, Cue};

use crate::figures::{head, row};
use crate::line::{CAFE, Callers, Line, PIZZERIA};

/// Short calls.
const CALLS: usize = 300;

/// `start` of the media stream to the first sound of the greeting, which was rendered before.
pub async fn print(line: &Line) {
    let short = || vec![Act::Pause { ms: 160 }, Act::HangUp];
    // The first call opens files and fills caches.
    line.call(CAFE, short()).await;
    let mut first_sound = Vec::new();
    let mut unheard = 0;
    for _ in 0..CALLS {
        match line.call(CAFE, short()).await.0.greeting_ms() {
            Some(ms) => first_sound.push(ms),
            None => unheard += 1,
        }
    }
    head("greeting, start of the stream to first sound", 99);
    row("cached greeting", first_sound, 99, "p99 50");
    if unheard > 0 {
        println!("  not heard within 160 ms: {unheard}");
    }
}

/// The caller speaks into the greeting, then into the answer.
pub async fn print_barge_in(line: &Line) {
    let mut callers = Callers::open().await;
    let first = callers.say("I'd like two almond croissants, please.");
    let second = callers.say("And a cobb salad, please.");
    let brownies = callers.say("Two chocolate brownies, please.");
    let knots = callers.say("And garlic knots, please.");
    let (mut greeting, mut answer, mut never) = (Vec::new(), Vec::new(), 0);
    for call in 0..12 {
        let (to, opening, next) = if call % 2 == 0 {
            (CAFE, first.clone(), second.clone())
        } else {
            (PIZZERIA, brownies.clone(), knots.clone())
        };
        let speak = |after_ms, clip| Act::Speak {
            cue: Cue::AgentSpeaking { after_ms },
            clip,
        };
        // A little later each time, so that no single word of ours decides.
        let acts = vec![
            speak(700 + 60 * call, opening),
            speak(300 + 20 * call, next),
            Act::Silence,
            Act::HangUp,
        ];
        let (report, _) = line.call(to, acts).await;
        for (turn, into) in report.turns.iter().zip([&mut greeting, &mut answer]) {
            match turn.silenced_after_ms {
                Some(ms) => into.push(ms),
                None => never += 1,
            }
        }
    }
    head("barge-in, caller's first sound to our silence", 95);
    let all = greeting.iter().chain(&answer).copied().collect();
    row("into the greeting", greeting, 95, "");
    row("into an answer", answer, 95, "");
    row("both", all, 95, "p95 400");
    if never > 0 {
        println!("  turns in which nothing was cut off: {never}");
    }
}
