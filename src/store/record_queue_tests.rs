use tokio::sync::broadcast;

use super::*;
use crate::record::{Ending, Speaker, TranscriptLine};
use crate::store::contract::call;
use crate::store::default_url;

const NEVER: Duration = Duration::from_secs(60);
const AT: &str = "2026-11-23T18:30:00Z";

/// A store whose database can be taken away and put back.
struct Removable {
    folder: tempfile::TempDir,
    store: Store,
    events: broadcast::Receiver<Arc<DomainEvent>>,
    queue: RecordQueue,
}

impl Removable {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&default_url(folder.path())).await.unwrap();
        let events = Events::default();
        Self {
            queue: RecordQueue::start(store.clone(), events.clone()),
            events: events.subscribe(),
            store,
            folder,
        }
    }

    fn take_away(&self) {
        let file = self.folder.path().join("maitred.db");
        std::fs::rename(&file, file.with_extension("away")).unwrap();
    }

    fn put_back(&self) {
        let file = self.folder.path().join("maitred.db");
        std::fs::rename(file.with_extension("away"), &file).unwrap();
    }

    /// The next number of records that such an event tells.
    async fn told(&mut self, pick: impl Fn(&DomainEvent) -> Option<u64>) -> u64 {
        let waiting = async {
            loop {
                match self.events.recv().await {
                    Ok(event) => {
                        if let Some(count) = pick(&event) {
                            return count;
                        }
                    }
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(closed) => panic!("{closed}"),
                }
            }
        };
        timeout(NEVER, waiting).await.expect("never told")
    }
}

fn late(event: &DomainEvent) -> Option<u64> {
    match event {
        DomainEvent::RecordsWrittenLate { count } => Some(*count),
        _ => None,
    }
}

fn lost(event: &DomainEvent) -> Option<u64> {
    match event {
        DomainEvent::RecordsLost { count } => Some(*count),
        _ => None,
    }
}

fn ended(sid: &str, ending: Ending, words: &str) -> CallRecord {
    let mut record = call(sid, AT);
    record.ended_at = Some(record.started_at);
    record.ending = Some(ending);
    let line = TranscriptLine {
        who: Speaker::Caller,
        at_ms: 0,
        text: words.to_owned(),
        heard: String::new(),
    };
    record.transcript = (!words.is_empty()).then_some(line).into_iter().collect();
    record
}

#[tokio::test]
async fn records_that_the_store_refused_are_written_when_it_takes_them_again() {
    let mut line = Removable::new().await;
    line.take_away();
    for n in 0..120 {
        let record = ended(&format!("CA{n}"), Ending::HungUp, "a tea");
        line.queue.write(record, "test", NEVER).await;
    }
    line.put_back();
    let mut written = 0;
    while written < 120 {
        written += line.told(late).await;
    }
    assert_eq!(line.store.calls(1000).await.unwrap().len(), 120);
    let call = line.store.call("CA7").await.unwrap().unwrap();
    assert_eq!(call.ending, Some(Ending::HungUp));
    assert_eq!(call.transcript[0].text, "a tea");
    line.store.close().await;
}

#[tokio::test]
async fn the_later_record_of_a_call_is_not_overwritten_by_the_one_that_waited() {
    let line = Removable::new().await;
    line.take_away();
    let first = ended("CA1", Ending::Failed, "a tea");
    line.queue.write(first, "test", NEVER).await;
    line.put_back();
    let second = ended("CA1", Ending::Confirmed, "a tea and a cake");
    line.queue.write(second, "test", NEVER).await;
    line.queue.finish().await;
    let call = line.store.call("CA1").await.unwrap().unwrap();
    assert_eq!(call.ending, Some(Ending::Confirmed));
    line.store.close().await;
}

#[tokio::test]
async fn what_waits_at_the_end_of_the_process_is_said_to_be_lost() {
    let mut line = Removable::new().await;
    line.take_away();
    for n in 0..3 {
        let record = ended(&format!("CA{n}"), Ending::Closed, "");
        line.queue.leave(record, "turned_away");
    }
    line.queue.finish().await;
    assert_eq!(line.told(lost).await, 3);
    line.store.close().await;
}

#[test]
fn what_waits_is_bounded_and_calls_that_were_turned_away_go_first() {
    let mut waiting = Waiting::default();
    for n in 0..MAX_WAITING {
        let record = ended(&format!("CA{n}"), Ending::Closed, "");
        assert_eq!(waiting.keep(record.into(), 1), 0);
    }
    let turned_away = ended("CAmore", Ending::Refused, "");
    assert_eq!(waiting.keep(turned_away.into(), 1), 1);
    assert_eq!(waiting.records[0].record.sid, "CA0", "the newcomer is lost");
    let spoken = ended("CAspoken", Ending::HungUp, "a tea");
    assert_eq!(waiting.keep(spoken.into(), 1), 1);
    assert_eq!(waiting.records[0].record.sid, "CA1");
    assert_eq!(waiting.records.len(), MAX_WAITING);

    // Long talks fill the bytes before the number is reached.
    let mut waiting = Waiting::default();
    let long = "two lattes ".repeat(100_000);
    let lost: u64 = (0..100)
        .map(|n| {
            let record = ended(&format!("CA{n}"), Ending::HungUp, &long);
            waiting.keep(record.into(), 1)
        })
        .sum();
    assert_eq!(lost as usize + waiting.records.len(), 100);
    assert!(waiting.bytes <= MAX_WAITING_BYTES && waiting.bytes > MAX_WAITING_BYTES / 2);
    assert_eq!(waiting.clear() + lost, 100);
    assert_eq!(waiting.bytes, 0);
}
