//! What a caller's telephone does once our part of the call is over. Pure: a table from how it ended to a step.

use crate::record::Ending;
use crate::restaurant::PhoneNumber;
use crate::twilio::webhook_form::CallStatus;

/// Everything the decision depends on.
#[derive(Clone, Debug)]
pub(super) struct Situation {
    /// The call as a whole, as Twilio says.
    pub(super) call_status: Option<CallStatus>,
    /// Present when a Dial of ours has ended.
    pub(super) dial_status: Option<CallStatus>,
    /// How the session ended; `None` when it could not say, or never began.
    pub(super) ending: Option<Ending>,
    /// Whom to ring, if anybody; never a number of our own.
    pub(super) person: Option<PhoneNumber>,
    /// May the call be connected once more?
    pub(super) may_reconnect: bool,
}

/// What Twilio is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NextStep {
    /// The call is over anyway.
    Nothing,
    Hangup,
    /// Ring a person; the session has said so already.
    Dial(PhoneNumber),
    /// Apologise, then the media socket once more.
    Reconnect,
    /// Apologise, then ring a person.
    ApologiseAndDial(PhoneNumber),
    /// Apologise and hang up: something broke.
    Apologise,
    /// Say that nobody answers, and hang up.
    NobodyAnswers,
    /// Say that all lines are busy, and hang up.
    Busy,
}

/// Decides.
pub(super) fn next_step(situation: Situation) -> NextStep {
    if situation.call_status == Some(CallStatus::Completed) {
        return NextStep::Nothing;
    }
    if let Some(dialled) = situation.dial_status {
        return match dialled {
            CallStatus::Completed | CallStatus::Answered => NextStep::Hangup,
            _ => NextStep::NobodyAnswers,
        };
    }
    let person = situation.person;
    match situation.ending {
        Some(
            Ending::Confirmed
            | Ending::Cancelled
            | Ending::HungUp
            | Ending::Silent
            | Ending::TimeUp
            | Ending::Closed,
        ) => NextStep::Hangup,
        Some(Ending::Handoff) => person.map_or(NextStep::NobodyAnswers, NextStep::Dial),
        Some(Ending::Refused) => NextStep::Busy,
        Some(Ending::Failed) => apologise(person),
        None if situation.may_reconnect => NextStep::Reconnect,
        None => apologise(person),
    }
}

fn apologise(person: Option<PhoneNumber>) -> NextStep {
    person.map_or(NextStep::Apologise, NextStep::ApologiseAndDial)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> PhoneNumber {
        PhoneNumber::parse("+15557654321").unwrap()
    }

    fn after(ending: Option<Ending>) -> Situation {
        Situation {
            call_status: Some(CallStatus::InProgress),
            dial_status: None,
            ending,
            person: Some(person()),
            may_reconnect: true,
        }
    }

    #[test]
    fn every_ending_has_its_step() {
        for (ending, step) in [
            (Some(Ending::Confirmed), NextStep::Hangup),
            (Some(Ending::Cancelled), NextStep::Hangup),
            (Some(Ending::Silent), NextStep::Hangup),
            (Some(Ending::TimeUp), NextStep::Hangup),
            (Some(Ending::HungUp), NextStep::Hangup),
            (Some(Ending::Closed), NextStep::Hangup),
            (Some(Ending::Handoff), NextStep::Dial(person())),
            (Some(Ending::Refused), NextStep::Busy),
            (Some(Ending::Failed), NextStep::ApologiseAndDial(person())),
            (None, NextStep::Reconnect),
        ] {
            assert_eq!(next_step(after(ending)), step, "{ending:?}");
        }
    }

    #[test]
    fn the_second_loss_rings_a_person_or_ends() {
        let lost = Situation {
            may_reconnect: false,
            ..after(None)
        };
        assert_eq!(
            next_step(lost.clone()),
            NextStep::ApologiseAndDial(person())
        );
        let alone = Situation {
            person: None,
            ..lost
        };
        assert_eq!(next_step(alone), NextStep::Apologise);
    }

    #[test]
    fn a_handoff_to_nobody_is_said() {
        let nobody = Situation {
            person: None,
            ..after(Some(Ending::Handoff))
        };
        assert_eq!(next_step(nobody), NextStep::NobodyAnswers);
    }

    #[test]
    fn a_finished_call_needs_nothing() {
        for ending in [None, Some(Ending::Handoff), Some(Ending::Failed)] {
            let over = Situation {
                call_status: Some(CallStatus::Completed),
                ..after(ending)
            };
            assert_eq!(next_step(over), NextStep::Nothing);
        }
    }

    #[test]
    fn the_end_of_a_dial_never_dials_again() {
        for (word, step) in [
            ("completed", NextStep::Hangup),
            ("answered", NextStep::Hangup),
            ("no-answer", NextStep::NobodyAnswers),
            ("busy", NextStep::NobodyAnswers),
            ("failed", NextStep::NobodyAnswers),
            ("canceled", NextStep::NobodyAnswers),
        ] {
            let dialled = Situation {
                dial_status: Some(CallStatus::from_word(word)),
                ..after(Some(Ending::Handoff))
            };
            assert_eq!(next_step(dialled), step, "{word}");
        }
    }
}
