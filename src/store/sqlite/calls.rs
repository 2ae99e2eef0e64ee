//! Calls: a row when one starts, the whole record when it ends.

use sqlx::{FromRow, SqliteConnection};

use super::SqliteStore;
use super::call_key::call_key;
use super::instant::{from_sql, instant_from, instant_text, to_sql};
use crate::record::{CallRecord, Ending, Engines, Speaker, TakeOver, TranscriptLine, TurnTiming};
use crate::restaurant::{Digest, RestaurantId};
use crate::store::StoreError;

impl SqliteStore {
    /// Writes the row of a call that began. Arriving late or twice it undoes nothing: an end or words already stored stay.
    pub async fn call_started(&self, record: &CallRecord) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        upsert_row(&mut transaction, record).await?;
        transaction.commit().await
    }

    /// Writes the whole record, transcript and turns included, in place of what was there.
    pub async fn call_ended(&self, record: &CallRecord) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        upsert_whole(&mut transaction, record).await?;
        transaction.commit().await
    }

    /// Ends the calls that were live when the process before this one died: nobody else will. They failed, at the last
    /// moment they are known to have lived: their latest order, else their start. Returns how many there were.
    ///
    /// A call that comes back afterwards, or a session that still runs elsewhere, overwrites this with its own end.
    pub async fn end_lost_calls(&self) -> Result<u64, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let ended = sqlx::query(
            "UPDATE calls SET ending = ?, ended_at = \
                 COALESCE((SELECT MAX(placed_at) FROM orders WHERE call_sid = calls.sid), started_at) \
             WHERE ended_at IS NULL",
        )
        .bind(Ending::Failed.as_str())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(ended.rows_affected())
    }

    /// One call with its transcript and turns; of several accounts' calls with this CallSid the newest.
    pub async fn call(&self, sid: &str) -> Result<Option<CallRecord>, StoreError> {
        // One read transaction: the words always belong to the row beside them.
        let mut snapshot = self.readers.snapshot().await?;
        let row: Option<CallRow> = sqlx::query_as(
            "SELECT * FROM calls WHERE twilio_sid = ? ORDER BY started_at DESC, sid LIMIT 1",
        )
        .bind(sid)
        .fetch_optional(&mut *snapshot)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let key = row.sid.clone();
        let lines: Vec<LineRow> = sqlx::query_as(
            "SELECT who, at_ms, text, heard FROM transcript_lines WHERE call_sid = ? ORDER BY position",
        )
        .bind(&key)
        .fetch_all(&mut *snapshot)
        .await?;
        let turns: Vec<TurnRow> = sqlx::query_as(
            "SELECT silence_ms, recognise_ms, decide_ms, first_audio_ms FROM turns WHERE call_sid = ? ORDER BY position",
        )
        .bind(&key)
        .fetch_all(&mut *snapshot)
        .await?;
        snapshot.commit().await?;
        let mut record = CallRecord::try_from(row)?;
        record.transcript = lines
            .into_iter()
            .map(TranscriptLine::try_from)
            .collect::<Result<_, _>>()?;
        record.turns = turns
            .into_iter()
            .map(TurnTiming::try_from)
            .collect::<Result<_, _>>()?;
        Ok(Some(record))
    }

    /// The latest `limit` calls, newest first, without transcript and turns.
    pub async fn calls(&self, limit: u32) -> Result<Vec<CallRecord>, StoreError> {
        let rows: Vec<CallRow> =
            sqlx::query_as("SELECT * FROM calls ORDER BY started_at DESC, sid LIMIT ?")
                .bind(limit)
                .fetch_all(&self.readers.pool())
                .await?;
        rows.into_iter().map(CallRecord::try_from).collect()
    }
}

/// The row, and the words and timings so far in place of those stored.
pub(super) async fn upsert_whole(
    connection: &mut SqliteConnection,
    record: &CallRecord,
) -> Result<(), StoreError> {
    upsert_row(connection, record).await?;
    let key = call_key(&record.account_sid, &record.sid);
    for statement in [
        "DELETE FROM transcript_lines WHERE call_sid = ?",
        "DELETE FROM turns WHERE call_sid = ?",
    ] {
        sqlx::query(statement)
            .bind(&key)
            .execute(&mut *connection)
            .await?;
    }
    for (position, line) in (0_i64..).zip(&record.transcript) {
        sqlx::query("INSERT INTO transcript_lines (call_sid, position, who, at_ms, text, heard) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(&key)
            .bind(position)
            .bind(speaker_text(line.who))
            .bind(to_sql(line.at_ms))
            .bind(&line.text)
            .bind(&line.heard)
            .execute(&mut *connection)
            .await?;
    }
    for (position, turn) in (0_i64..).zip(&record.turns) {
        sqlx::query(
            "INSERT INTO turns (call_sid, position, silence_ms, recognise_ms, decide_ms, first_audio_ms) \
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&key)
        .bind(position)
        .bind(to_sql(turn.silence_ms))
        .bind(to_sql(turn.recognise_ms))
        .bind(to_sql(turn.decide_ms))
        .bind(to_sql(turn.first_audio_ms))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The row alone; an end once stored is only replaced by another end.
async fn upsert_row(
    connection: &mut SqliteConnection,
    record: &CallRecord,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO calls (sid, restaurant, from_number, to_number, started_at, ended_at, ending, generation, digest, \
                            stt, tts, brain, test, take_over_at_ms, take_over_reason, message) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (sid) DO UPDATE SET \
             restaurant = excluded.restaurant, from_number = excluded.from_number, to_number = excluded.to_number, \
             started_at = excluded.started_at, ended_at = COALESCE(excluded.ended_at, calls.ended_at), \
             ending = COALESCE(excluded.ending, calls.ending), generation = excluded.generation, \
             digest = excluded.digest, stt = excluded.stt, tts = excluded.tts, brain = excluded.brain, \
             test = excluded.test, \
             take_over_at_ms = COALESCE(excluded.take_over_at_ms, calls.take_over_at_ms), \
             take_over_reason = COALESCE(excluded.take_over_reason, calls.take_over_reason), \
             message = COALESCE(excluded.message, calls.message)",
    )
    .bind(call_key(&record.account_sid, &record.sid))
    .bind(record.restaurant.as_ref().map(RestaurantId::as_str))
    .bind(&record.from)
    .bind(&record.to)
    .bind(instant_text(record.started_at))
    .bind(record.ended_at.map(instant_text))
    .bind(record.ending.map(Ending::as_str))
    .bind(to_sql(record.generation))
    .bind(record.digest.as_ref().map(Digest::as_str))
    .bind(&record.engines.stt)
    .bind(&record.engines.tts)
    .bind(&record.engines.brain)
    .bind(record.test)
    .bind(record.take_over.as_ref().map(|taken| to_sql(taken.at_ms)))
    .bind(record.take_over.as_ref().map(|taken| &taken.reason))
    .bind(&record.message)
    .execute(connection)
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct CallRow {
    /// The key, see `call_key`.
    sid: String,
    account_sid: String,
    twilio_sid: String,
    restaurant: Option<String>,
    from_number: String,
    to_number: String,
    started_at: String,
    ended_at: Option<String>,
    ending: Option<String>,
    generation: i64,
    digest: Option<String>,
    stt: String,
    tts: String,
    brain: String,
    test: bool,
    take_over_at_ms: Option<i64>,
    take_over_reason: Option<String>,
    message: Option<String>,
}

impl TryFrom<CallRow> for CallRecord {
    type Error = StoreError;

    fn try_from(row: CallRow) -> Result<Self, StoreError> {
        let corrupt = |column, value: String| StoreError::corrupt("calls", column, value);
        Ok(Self {
            account_sid: row.account_sid,
            sid: row.twilio_sid,
            restaurant: row
                .restaurant
                .map(|id| RestaurantId::parse(&id).ok_or_else(|| corrupt("restaurant", id)))
                .transpose()?,
            from: row.from_number,
            to: row.to_number,
            started_at: instant_from("calls", "started_at", &row.started_at)?,
            ended_at: row
                .ended_at
                .map(|at| instant_from("calls", "ended_at", &at))
                .transpose()?,
            ending: row
                .ending
                .map(|name| ending_from(&name).ok_or_else(|| corrupt("ending", name)))
                .transpose()?,
            generation: from_sql("calls", "generation", row.generation)?,
            digest: row
                .digest
                .map(|hex| Digest::parse(&hex).ok_or_else(|| corrupt("digest", hex)))
                .transpose()?,
            engines: Engines {
                stt: row.stt,
                tts: row.tts,
                brain: row.brain,
            },
            take_over: match (row.take_over_at_ms, row.take_over_reason) {
                (Some(at_ms), Some(reason)) => Some(TakeOver {
                    at_ms: from_sql("calls", "take_over_at_ms", at_ms)?,
                    reason,
                }),
                _ => None,
            },
            test: row.test,
            message: row.message,
            transcript: Vec::new(),
            turns: Vec::new(),
        })
    }
}

fn ending_from(name: &str) -> Option<Ending> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

fn speaker_text(who: Speaker) -> &'static str {
    match who {
        Speaker::Caller => "caller",
        Speaker::Agent => "agent",
    }
}

#[derive(FromRow)]
struct LineRow {
    who: String,
    at_ms: i64,
    text: String,
    heard: String,
}

impl TryFrom<LineRow> for TranscriptLine {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        Ok(Self {
            who: match row.who.as_str() {
                "caller" => Speaker::Caller,
                "agent" => Speaker::Agent,
                _ => return Err(StoreError::corrupt("transcript_lines", "who", row.who)),
            },
            at_ms: from_sql("transcript_lines", "at_ms", row.at_ms)?,
            text: row.text,
            heard: row.heard,
        })
    }
}

#[derive(FromRow)]
struct TurnRow {
    silence_ms: i64,
    recognise_ms: i64,
    decide_ms: i64,
    first_audio_ms: i64,
}

impl TryFrom<TurnRow> for TurnTiming {
    type Error = StoreError;

    fn try_from(row: TurnRow) -> Result<Self, StoreError> {
        Ok(Self {
            silence_ms: from_sql("turns", "silence_ms", row.silence_ms)?,
            recognise_ms: from_sql("turns", "recognise_ms", row.recognise_ms)?,
            decide_ms: from_sql("turns", "decide_ms", row.decide_ms)?,
            first_audio_ms: from_sql("turns", "first_audio_ms", row.first_audio_ms)?,
        })
    }
}
