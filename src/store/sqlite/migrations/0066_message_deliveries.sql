-- How messages that callers left reach their restaurants: one row for each way, written once the call is over. All are used
-- at once; the columns are those of `deliveries`.
CREATE TABLE message_deliveries (
    position     INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    call_sid     TEXT    NOT NULL REFERENCES calls (sid) ON DELETE CASCADE,
    restaurant   TEXT    NOT NULL,
    channel      TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    tries        BIGINT  NOT NULL,
    next_at      TEXT    NOT NULL,
    holds_until  TEXT,
    error        TEXT,
    sent_at      TEXT,
    lease_holder TEXT,
    lease_until  TEXT
);
CREATE INDEX message_deliveries_by_call ON message_deliveries (call_sid);
CREATE INDEX message_deliveries_due ON message_deliveries (next_at) WHERE state = 'due';

-- Were the ways of a call's message written?
ALTER TABLE calls ADD COLUMN message_planned BIGINT NOT NULL DEFAULT 0;
CREATE INDEX calls_with_new_message ON calls (ended_at) WHERE message IS NOT NULL AND message_planned = 0;
