use super::*;

fn clip(text: &str, ms: usize) -> Clip {
    Clip {
        text: text.to_owned(),
        sound: vec![0x10; ms * SAMPLES_PER_MS].into(),
    }
}

fn speak(text: &str, cue: Cue) -> Act {
    Act::Speak {
        cue,
        clip: clip(text, 100),
    }
}

/// Runs a caller for `frames` of 20 ms against an agent heard as `hearing(ms)` says; returns (ms, what it did).
fn run(acts: Vec<Act>, frames: u64, hearing: impl Fn(u64) -> Hearing) -> Vec<(u64, Did)> {
    let mut caller = Caller::new(acts, Timing::default());
    let mut sound = [0; FRAME_SAMPLES];
    (0..frames)
        .flat_map(|n| {
            let did = caller.frame(n * 160, hearing(n * 20), &mut sound);
            did.into_iter().map(move |did| (n * 20, did))
        })
        .collect()
}

fn began(did: &[(u64, Did)]) -> Vec<(u64, &str)> {
    did.iter()
        .filter_map(|(ms, did)| match did {
            Did::Began(clip) => Some((*ms, clip.text.as_str())),
            _ => None,
        })
        .collect()
}

/// An agent that speaks during these spans of milliseconds.
fn agent(spans: &'static [(u64, u64)]) -> impl Fn(u64) -> Hearing {
    move |ms| {
        let latest = spans.iter().rfind(|(from, _)| ms > *from);
        Hearing {
            agent: latest.map(|(from, to)| Utterance {
                from: from * 8,
                to: ms.min(*to) * 8,
            }),
            queue_empty: latest.is_none_or(|(_, to)| ms >= *to),
        }
    }
}

#[test]
fn the_caller_answers_half_a_second_after_each_sentence_of_the_agent() {
    let acts = vec![speak("one", Cue::AgentDone), speak("two", Cue::AgentDone)];
    let did = run(acts, 500, agent(&[(200, 1000), (2000, 3000)]));
    assert_eq!(began(&did), [(1500, "one"), (3500, "two")]);
}

#[test]
fn the_caller_does_not_take_the_old_sentence_for_an_answer() {
    let acts = vec![speak("one", Cue::AgentDone), speak("two", Cue::AgentDone)];
    let did = run(acts, 400, agent(&[(200, 1000)]));
    assert_eq!(began(&did), [(1500, "one")]);
}

#[test]
fn a_caller_who_hears_nothing_goes_on_after_a_while() {
    let acts = vec![speak("hello?", Cue::AgentDone)];
    let did = run(acts, 1000, agent(&[]));
    assert_eq!(began(&did), [(15_000, "hello?")]);
}

#[test]
fn cutting_in_counts_from_the_agents_first_sound() {
    let acts = vec![speak("stop", Cue::AgentSpeaking { after_ms: 300 })];
    let did = run(acts, 100, agent(&[(200, 5000)]));
    assert_eq!(began(&did), [(500, "stop")]);
}

#[test]
fn keys_are_pressed_one_by_one() {
    let acts = vec![Act::Press {
        cue: Cue::Now,
        keys: "1#".to_owned(),
    }];
    let did = run(acts, 50, agent(&[]));
    assert_eq!(did, [(0, Did::Pressed('1')), (200, Did::Pressed('#'))]);
}

#[test]
fn a_silent_caller_lets_one_sentence_pass() {
    let acts = vec![Act::Silence, speak("here", Cue::AgentDone)];
    let did = run(acts, 300, agent(&[(0, 1000), (3000, 4000)]));
    assert_eq!(began(&did), [(4500, "here")]);
}

#[test]
fn a_planned_hang_up_is_the_last_thing_the_caller_does() {
    let acts = vec![
        speak("wait", Cue::Now),
        Act::Pause { ms: 100 },
        Act::HangUp,
        speak("never", Cue::Now),
    ];
    let did = run(acts, 200, agent(&[]));
    assert_eq!(did.last(), Some(&(200, Did::HungUp(Why::Planned))));
}

#[test]
fn a_caller_with_nothing_left_to_say_waits_and_then_hangs_up() {
    let did = run(vec![], 2000, agent(&[(0, 1000)]));
    assert_eq!(did, [(31_000, Did::HungUp(Why::NothingHeard))]);
}

#[test]
fn no_call_takes_longer_than_its_longest() {
    let endless = |ms: u64| Hearing {
        agent: Some(Utterance {
            from: 0,
            to: ms * 8,
        }),
        queue_empty: false,
    };
    let did = run(vec![speak("x", Cue::AgentDone)], 31_000, endless);
    assert_eq!(did, [(600_000, Did::HungUp(Why::TooLong))]);
}

#[test]
fn a_background_sounds_below_the_voice_and_between() {
    let hiss = Clip {
        text: "hiss".to_owned(),
        sound: vec![mulaw::encode_sample(100); 37].into(),
    };
    let acts = vec![Act::Background { clip: hiss }, speak("x", Cue::Now)];
    let mut caller = Caller::new(acts, Timing::default());
    let mut sound = [0; FRAME_SAMPLES];
    caller.frame(0, Hearing::default(), &mut sound);
    assert!(sound.iter().all(|b| *b != mulaw::SILENCE));
    for n in 1..6 {
        caller.frame(n * 160, Hearing::default(), &mut sound);
    }
    assert!(sound.iter().all(|b| mulaw::decode_sample(*b) > 50));
    assert!(sound.iter().all(|b| mulaw::decode_sample(*b) < 200));
}
