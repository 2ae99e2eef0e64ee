//! The ledger of our own voice: sentences in order, what was sent, what was heard.
//!
//! Twilio plays what it is sent in order and returns a mark when everything before it was played; after a `clear` the
//! outstanding marks come back at once and look the same, so every mark carries the epoch it was sent in.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::audio::CallTime;
use crate::conversation::Sentence;
use crate::record::{Speaker, TranscriptLine};

use super::protocol::{Effect, SentenceId};
use super::settings::PlayoutSettings;

/// mu-law at 8 kHz: one byte a sample, eight bytes a millisecond.
const BYTES_PER_MS: u64 = 8;

/// A sentence on its way to the caller.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub id: SentenceId,
    pub sentence: Sentence,
    pub audio: Option<Arc<[u8]>>,
    sent: usize,
    /// When its first sample is believed to have sounded.
    began: Option<CallTime>,
    /// How much of it a mark has confirmed.
    confirmed_ms: u64,
}

impl Piece {
    pub fn new(id: SentenceId, sentence: Sentence) -> Self {
        Self {
            id,
            sentence,
            audio: None,
            sent: 0,
            began: None,
            confirmed_ms: 0,
        }
    }

    fn length_ms(&self) -> u64 {
        self.audio
            .as_ref()
            .map_or(0, |audio| audio.len() as u64 / BYTES_PER_MS)
    }

    fn is_sent(&self) -> bool {
        self.audio
            .as_ref()
            .is_some_and(|audio| self.sent >= audio.len())
    }

    /// Milliseconds heard by `now`: what marks confirm or the playback clock says, whichever is more.
    fn heard_ms(&self, now: CallTime) -> u64 {
        let by_clock = self.began.map_or(0, |began| now - began);
        self.confirmed_ms.max(by_clock).min(self.length_ms())
    }
}

struct OutstandingMark {
    name: String,
    sentence: SentenceId,
    at_ms: u64,
    /// When the playback clock expects it.
    due: CallTime,
}

/// What was cut off.
pub(super) struct Cut {
    /// Lines for the transcript: what sounded, with what was heard of it.
    pub lines: Vec<TranscriptLine>,
    /// The sentence that was cut and those after it, with their audio, to be said again if it was nothing.
    pub rest: Vec<Piece>,
    /// Was a sentence of the read-back not heard to its end?
    pub read_back_unheard: bool,
}

pub(super) struct Playout {
    settings: PlayoutSettings,
    epoch: u32,
    next_mark: u32,
    line: VecDeque<Piece>,
    marks: VecDeque<OutstandingMark>,
    /// When everything sent so far will have sounded.
    clock_end: CallTime,
    /// Heard milliseconds of sentences of this reply that are already done.
    done_ms: u64,
}

impl std::fmt::Debug for Playout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Playout(epoch {}, {} sentences, {} marks)",
            self.epoch,
            self.line.len(),
            self.marks.len()
        )
    }
}

impl Playout {
    pub fn new(settings: PlayoutSettings) -> Self {
        Self {
            settings,
            epoch: 0,
            next_mark: 0,
            line: VecDeque::new(),
            marks: VecDeque::new(),
            clock_end: CallTime(0),
            done_ms: 0,
        }
    }

    /// Nothing is queued, sent or outstanding.
    pub fn is_idle(&self) -> bool {
        self.line.is_empty() && self.marks.is_empty()
    }

    /// Is our voice sounding at the caller's end, as far as we can know?
    pub fn is_sounding(&self, now: CallTime) -> bool {
        !self.marks.is_empty()
            || (self.clock_end > now && self.line.iter().any(|piece| piece.sent > 0))
    }

    /// Has anything of what is queued been sent?
    pub fn has_begun(&self) -> bool {
        self.done_ms > 0 || self.line.iter().any(|piece| piece.sent > 0)
    }

    /// Milliseconds of this reply that sounded by `now`.
    pub fn heard_ms(&self, now: CallTime) -> u64 {
        self.done_ms
            + self
                .line
                .iter()
                .map(|piece| piece.heard_ms(now))
                .sum::<u64>()
    }

    /// Is a sentence of the read-back the one that sounds, or next to sound?
    pub fn in_read_back(&self, now: CallTime) -> bool {
        self.line
            .iter()
            .find(|piece| piece.audio.is_none() || piece.heard_ms(now) < piece.length_ms())
            .is_some_and(|piece| piece.sentence.read_back)
    }

    /// A new reply begins: earlier sentences no longer count as heard of it.
    pub fn begin_reply(&mut self) {
        if self.line.is_empty() {
            self.done_ms = 0;
        }
    }

    pub fn queue(&mut self, piece: Piece) {
        self.line.push_back(piece);
    }

    /// Gives a queued sentence its sound; `false` when nobody waits for it.
    pub fn set_audio(&mut self, id: SentenceId, audio: &Arc<[u8]>) -> bool {
        match self
            .line
            .iter_mut()
            .find(|piece| piece.id == id && piece.audio.is_none())
        {
            Some(piece) => {
                piece.audio = Some(Arc::clone(audio));
                true
            }
            None => false,
        }
    }

    /// Takes a sentence out that has no sound and will get none.
    pub fn drop_unspoken(&mut self, id: SentenceId) -> Option<Sentence> {
        let index = self
            .line
            .iter()
            .position(|piece| piece.id == id && piece.audio.is_none())?;
        self.line.remove(index).map(|piece| piece.sentence)
    }

    /// The sentence with this id, while it waits for its sound.
    pub fn unspoken_sentence(&self, id: SentenceId) -> Option<Sentence> {
        self.line
            .iter()
            .find(|piece| piece.id == id && piece.audio.is_none())
            .map(|piece| piece.sentence.clone())
    }

    /// Ids of sentences that still wait for their sound.
    pub fn unspoken(&self) -> Vec<SentenceId> {
        self.line
            .iter()
            .filter(|piece| piece.audio.is_none())
            .map(|piece| piece.id)
            .collect()
    }

    /// Sends what can be sent: in order, as soon as it exists, never more than the bound unplayed.
    pub fn pump(&mut self, now: CallTime, out: &mut Vec<Effect>) {
        let piece_bytes = (self.settings.piece_ms * BYTES_PER_MS) as usize;
        let least_bytes = (self.settings.least_ms * BYTES_PER_MS) as usize;
        for piece in &mut self.line {
            let Some(audio) = &piece.audio else { return };
            while piece.sent < audio.len() {
                if self.clock_end - now >= self.settings.most_unplayed_ms {
                    return;
                }
                let mut to = (piece.sent + piece_bytes).min(audio.len());
                if audio.len() - to < least_bytes {
                    to = audio.len();
                }
                let starts = self.clock_end.max(now);
                piece.began.get_or_insert(starts);
                out.push(Effect::Play {
                    sentence: piece.id,
                    audio: Arc::clone(audio),
                    from: piece.sent,
                    to,
                });
                self.clock_end = starts + (to - piece.sent) as u64 / BYTES_PER_MS;
                piece.sent = to;
                self.next_mark += 1;
                let name = format!("{}-{}", self.epoch, self.next_mark);
                self.marks.push_back(OutstandingMark {
                    name: name.clone(),
                    sentence: piece.id,
                    at_ms: to as u64 / BYTES_PER_MS,
                    due: self.clock_end,
                });
                out.push(Effect::Mark { name });
            }
        }
    }

    /// A mark came back: everything sent before it was heard. Marks of an earlier epoch were cancelled, not played.
    pub fn mark(&mut self, name: &str) -> Vec<TranscriptLine> {
        let Some(index) = self.marks.iter().position(|mark| mark.name == name) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for mark in self.marks.drain(..=index).collect::<Vec<_>>() {
            if let Some(piece) = self.line.iter_mut().find(|piece| piece.id == mark.sentence) {
                piece.confirmed_ms = piece.confirmed_ms.max(mark.at_ms);
            }
        }
        while let Some(piece) = self.line.front() {
            if !piece.is_sent() || piece.confirmed_ms < piece.length_ms() {
                break;
            }
            self.done_ms += piece.length_ms();
            lines.extend(line(piece, piece.length_ms()));
            self.line.pop_front();
        }
        lines
    }

    /// Marks that should have come long ago count as returned, so that a lost one never holds a call open.
    pub fn forgive_late_marks(&mut self, now: CallTime) -> Vec<TranscriptLine> {
        let late: Option<String> = self
            .marks
            .iter()
            .rev()
            .find(|mark| mark.due + self.settings.mark_grace_ms <= now)
            .map(|mark| mark.name.clone());
        late.map(|name| self.mark(&name)).unwrap_or_default()
    }

    /// Stops: the queue is dropped, the epoch moves on. The caller of this sends `clear`.
    pub fn cut(&mut self, now: CallTime) -> Cut {
        let mut cut = Cut {
            lines: Vec::new(),
            rest: Vec::new(),
            read_back_unheard: false,
        };
        for mut piece in self.line.drain(..) {
            let heard = piece.heard_ms(now);
            if piece.sent > 0 {
                cut.lines.extend(line(&piece, heard));
            }
            if piece.audio.is_none() || heard < piece.length_ms() {
                cut.read_back_unheard |= piece.sentence.read_back;
                (piece.sent, piece.began, piece.confirmed_ms) = (0, None, 0);
                cut.rest.push(piece);
            }
        }
        self.marks.clear();
        self.epoch += 1;
        self.clock_end = now;
        self.done_ms = 0;
        cut
    }

    /// The call is over: what was heard of what was sent.
    pub fn settle(&mut self, now: CallTime) -> Vec<TranscriptLine> {
        self.cut(now).lines
    }
}

fn line(piece: &Piece, heard_ms: u64) -> Option<TranscriptLine> {
    let began = piece.began?;
    Some(TranscriptLine {
        who: Speaker::Agent,
        at_ms: began.0,
        text: piece.sentence.text.clone(),
        heard: heard_words(&piece.sentence.text, heard_ms, piece.length_ms()),
    })
}

/// The words of `text` that fit into the part of its sound that was heard; a word counts once it was over.
fn heard_words(text: &str, heard_ms: u64, length_ms: u64) -> String {
    if heard_ms >= length_ms {
        return text.to_owned();
    }
    let total: usize = text.chars().filter(|c| !c.is_whitespace()).count();
    let heard = (total as u64 * heard_ms / length_ms.max(1)) as usize;
    let mut count = 0;
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        count += word.chars().count();
        if count > heard {
            break;
        }
        words.push(word);
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> Sentence {
        Sentence {
            text: text.into(),
            fixed: false,
            read_back: false,
        }
    }

    fn playing(ms: &[u64]) -> (Playout, Vec<Effect>) {
        let mut playout = Playout::new(PlayoutSettings::default());
        let mut out = Vec::new();
        for (index, ms) in ms.iter().enumerate() {
            let id = index as u64 + 1;
            playout.queue(Piece::new(id, sentence("one two three four")));
            assert!(playout.set_audio(id, &vec![0xff; (*ms * 8) as usize].into()));
        }
        playout.pump(CallTime(1000), &mut out);
        (playout, out)
    }

    fn marks(out: &[Effect]) -> Vec<String> {
        out.iter()
            .filter_map(|c| {
                if let Effect::Mark { name } = c {
                    Some(name.clone())
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn sound_goes_out_in_pieces_of_half_a_second_with_a_mark_behind_each() {
        let (_, out) = playing(&[1040]);
        let sizes: Vec<usize> = out
            .iter()
            .filter_map(|c| {
                if let Effect::Play { from, to, .. } = c {
                    Some(to - from)
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(
            sizes,
            vec![4000, 4320],
            "a rest of 40 ms joins the piece before it"
        );
        assert_eq!(marks(&out), vec!["0-1", "0-2"]);
    }

    #[test]
    fn only_what_was_heard_counts_as_said() {
        let (mut playout, out) = playing(&[1000]);
        assert_eq!(playout.mark(&marks(&out)[0]), vec![]);
        assert_eq!(playout.heard_ms(CallTime(1600)), 600);
        let cut = playout.cut(CallTime(1600));
        assert_eq!(cut.lines[0].heard, "one two");
        assert_eq!(cut.lines[0].at_ms, 1000);
        assert_eq!(cut.rest.len(), 1);
    }

    #[test]
    fn a_mark_from_before_a_clear_was_cancelled_not_played() {
        let (mut playout, out) = playing(&[1000]);
        playout.cut(CallTime(1100));
        playout.queue(Piece::new(9, sentence("again")));
        playout.set_audio(9, &vec![0xff; 800].into());
        let mut second = Vec::new();
        playout.pump(CallTime(1200), &mut second);
        assert_eq!(playout.mark(&marks(&out)[1]), vec![]);
        assert!(!playout.is_idle());
        assert_eq!(playout.mark(&marks(&second)[0]).len(), 1);
        assert!(playout.is_idle());
    }

    #[test]
    fn a_lost_mark_is_forgiven_after_its_grace() {
        let (mut playout, _) = playing(&[1000]);
        assert_eq!(
            playout.forgive_late_marks(CallTime(4999)),
            vec![],
            "the first is due at 1500, the last at 2000"
        );
        assert!(!playout.is_idle());
        assert_eq!(playout.forgive_late_marks(CallTime(5000)).len(), 1);
        assert!(playout.is_idle());
    }

    #[test]
    fn never_more_than_a_minute_is_unplayed() {
        let (mut playout, out) = playing(&[70_000]);
        assert_eq!(marks(&out).len(), 120);
        let mut more = Vec::new();
        playout.pump(CallTime(2000), &mut more);
        assert_eq!(marks(&more).len(), 2);
    }
}
