//! Bytes that may be half of what somebody is writing: cut-off YAML usually still parses. They get some time to become
//! whole, and meanwhile the version before them is served.

use std::time::{Duration, Instant};

use super::file_states::LastGood;
use super::waiting::Waiting;
use crate::config::{Code, Problem, Reading};
use crate::restaurant::Digest;

/// Why bytes over a last good version may not be all there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Nothing in them but comments: emptied to be written anew.
    Blank,
    /// Refused, and the last line does not end.
    CutOff,
    /// Valid, but the last line does not end and there are fewer items than before.
    Fewer,
}

/// Whether to doubt what was read over `last`.
pub(super) fn doubt(bytes: &[u8], reading: &Reading, last: &LastGood) -> Option<Doubt> {
    if reading.digest == last.served.digest {
        return None;
    }
    let ends = bytes.last() == Some(&b'\n');
    match &reading.restaurant {
        None if reading.problems.iter().any(|p| p.code == Code::Empty) => Some(Doubt::Blank),
        None => (!ends).then_some(Doubt::CutOff),
        Some(now) => {
            let fewer = now.menu.items.len() < last.served.restaurant.menu.items.len();
            (!ends && fewer).then_some(Doubt::Fewer)
        }
    }
}

/// How long these bytes must still stay as they are before they are believed; `None`: long enough.
pub(super) fn wait(
    waiting: &mut Option<Waiting>,
    digest: &Digest,
    patience: Duration,
    now: Instant,
) -> Option<Duration> {
    let since = match waiting {
        Some(waiting) if waiting.digest == *digest => waiting.since,
        _ => now,
    };
    let left = patience.saturating_sub(now.duration_since(since));
    *waiting = (!left.is_zero()).then(|| Waiting {
        digest: digest.clone(),
        since,
    });
    (!left.is_zero()).then_some(left)
}

/// What a person is told when such bytes are served after all.
pub(super) fn warning(doubt: Doubt, reading: &Reading, last: &LastGood) -> Option<Problem> {
    let now = reading.restaurant.as_ref()?.menu.items.len();
    let before = last.served.restaurant.menu.items.len();
    (doubt == Doubt::Fewer).then(|| {
        let message =
            format!("the last line does not end, and {now} items are left of {before}: cut off?");
        Problem::new(Code::WarnCutOff, "", message)
            .with_help("if all is there, end the file with a newline")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Capabilities, read};
    use jiff::Timestamp;

    const WHOLE: &str = "id: a\nname: A\nphone_number: \"+12125550001\"\nmenu:\n  - {id: a, name: Soup, price: 1}\n  - {id: b, name: Tea, price: 2}\n";

    fn of(text: &str) -> Reading {
        read(text.as_bytes(), &Capabilities::embedded())
    }

    fn last() -> LastGood {
        LastGood::of(
            "a.yaml",
            Timestamp::UNIX_EPOCH,
            Vec::from(WHOLE).into(),
            of(WHOLE),
        )
        .unwrap()
    }

    fn doubted(text: &str) -> Option<Doubt> {
        doubt(text.as_bytes(), &of(text), &last())
    }

    #[test]
    fn r07_what_is_blank_or_ends_in_the_middle_may_become_more() {
        for blank in ["", "\n", "# our menu\n", "---\n"] {
            assert_eq!(doubted(blank), Some(Doubt::Blank), "{blank:?}");
        }
        assert_eq!(doubted("id: a\nname"), Some(Doubt::CutOff));
        assert_eq!(doubted("id: a\nname: A\n"), None, "wrong, but whole");
    }

    #[test]
    fn r08_fewer_items_and_no_last_newline_may_be_cut_off() {
        let cut = WHOLE.rsplit_once("\n  - ").unwrap().0;
        assert_eq!(doubted(cut), Some(Doubt::Fewer));
        assert_eq!(doubted(&format!("{cut}\n")), None);
        assert_eq!(doubted(WHOLE.trim_end()), None, "nothing is missing");
        let told = warning(Doubt::Fewer, &of(cut), &last()).unwrap();
        assert!(told.message.contains("1 items are left of 2"), "{told:?}");
        assert_eq!(warning(Doubt::CutOff, &of("id: ["), &last()), None);
    }

    #[test]
    fn r07_no_byte_of_a_slow_writer_is_believed_before_the_last() {
        // Cut anywhere but behind a line, where nothing tells a cut from an end.
        for end in 1..WHOLE.len() - 1 {
            let cut = &WHOLE[..end];
            let whole_line = cut.ends_with('\n');
            let all_items = of(cut).restaurant.is_some_and(|r| r.menu.items.len() == 2);
            assert!(whole_line || all_items || doubted(cut).is_some(), "{cut:?}");
        }
    }

    #[test]
    fn r07_the_wait_begins_anew_when_the_bytes_change() {
        let patience = Duration::from_secs(2);
        let start = Instant::now();
        let (one, two) = (Digest::of(b"1"), Digest::of(b"2"));
        let mut waiting = None;
        assert_eq!(wait(&mut waiting, &one, patience, start), Some(patience));
        let soon = start + Duration::from_millis(500);
        let left = Some(Duration::from_millis(1500));
        assert_eq!(wait(&mut waiting, &one, patience, soon), left);
        assert_eq!(wait(&mut waiting, &two, patience, soon), Some(patience));
        assert_eq!(wait(&mut waiting, &two, patience, soon + patience), None);
        assert!(waiting.is_none());
    }
}
