//! What a caller's telephone does once our part of the call is over. Pure: a table from how it ended to a step.

use crate::record::Ending;
use crate::restaurant::PhoneNumber;
use crate::twilio::webhook_form::{CallStatus, VoiceForm};

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
    /// May the caller leave a message where nobody answers?
    pub(super) takes_messages: bool,
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
    /// The media socket once more, for a message.
    TakeMessage,
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
    let nobody = match situation.takes_messages {
        true => NextStep::TakeMessage,
        false => NextStep::NobodyAnswers,
    };
    if let Some(dialled) = situation.dial_status {
        return match dialled {
            CallStatus::Completed | CallStatus::Answered => NextStep::Hangup,
            _ => nobody,
        };
    }
    let person = situation.person;
    match situation.ending {
        Some(
            Ending::Confirmed
            | Ending::Cancelled
            | Ending::HungUp
            | Ending::Message
            | Ending::Silent
            | Ending::TimeUp
            | Ending::Closed,
        ) => NextStep::Hangup,
        Some(Ending::Handoff) => person.map_or(nobody, NextStep::Dial),
        Some(Ending::Refused) => NextStep::Busy,
        Some(Ending::Failed) => apologise(person),
        None if situation.may_reconnect => NextStep::Reconnect,
        None => apologise(person),
    }
}

/// Did somebody take the call that we dialled? Twilio calls a leg completed too when its mailbox or a whisper ended it before the
/// two were joined.
pub(super) fn was_answered(dialled: Option<&CallStatus>, form: &VoiceForm) -> bool {
    let bridged = form.pairs.iter().find(|(name, _)| name == "DialBridged");
    let joined = bridged.is_none_or(|(_, value)| value != "false");
    joined && matches!(dialled, Some(CallStatus::Completed | CallStatus::Answered))
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
            takes_messages: false,
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
    fn who_reaches_nobody_may_leave_a_message_where_they_are_taken() {
        let taking = Situation {
            takes_messages: true,
            ..after(Some(Ending::Handoff))
        };
        let alone = Situation {
            person: None,
            ..taking.clone()
        };
        assert_eq!(next_step(alone), NextStep::TakeMessage);
        for (status, step) in [
            (CallStatus::NoAnswer, NextStep::TakeMessage),
            (CallStatus::Busy, NextStep::TakeMessage),
            (CallStatus::Failed, NextStep::TakeMessage),
            (CallStatus::Completed, NextStep::Hangup),
        ] {
            let dialled = Situation {
                dial_status: Some(status.clone()),
                ..taking.clone()
            };
            assert_eq!(next_step(dialled), step, "{status:?}");
        }
        let left = Situation {
            ending: Some(Ending::Message),
            ..taking
        };
        assert_eq!(next_step(left), NextStep::Hangup);
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
