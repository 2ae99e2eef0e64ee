-- Calls, what was said in them, and the orders they became.
-- Instants are RFC 3339 in UTC with nine decimals (they sort as text); amounts are integers in minor units of the
-- currency beside them; names and prices are copies, so nothing here changes when a restaurant's file does.

CREATE TABLE calls (
    sid         TEXT    NOT NULL PRIMARY KEY,
    restaurant  TEXT,
    from_number TEXT    NOT NULL,
    to_number   TEXT    NOT NULL,
    started_at  TEXT    NOT NULL,
    ended_at    TEXT,
    ending      TEXT,
    generation  BIGINT  NOT NULL,
    digest      TEXT,
    stt         TEXT    NOT NULL,
    tts         TEXT    NOT NULL,
    brain       TEXT    NOT NULL,
    test        BOOLEAN NOT NULL
);
CREATE INDEX calls_by_start ON calls (started_at DESC, sid);

CREATE TABLE transcript_lines (
    call_sid TEXT   NOT NULL REFERENCES calls (sid) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    who      TEXT   NOT NULL,
    at_ms    BIGINT NOT NULL,
    text     TEXT   NOT NULL,
    heard    TEXT   NOT NULL,
    PRIMARY KEY (call_sid, position)
);

CREATE TABLE turns (
    call_sid       TEXT   NOT NULL REFERENCES calls (sid) ON DELETE CASCADE,
    position       BIGINT NOT NULL,
    silence_ms     BIGINT NOT NULL,
    recognise_ms   BIGINT NOT NULL,
    decide_ms      BIGINT NOT NULL,
    first_audio_ms BIGINT NOT NULL,
    PRIMARY KEY (call_sid, position)
);

-- The last spoken number of each restaurant's local day: a counter of its own, so that a deleted order's number is
-- never spoken twice.
CREATE TABLE daily_numbers (
    restaurant TEXT   NOT NULL,
    day        TEXT   NOT NULL,
    last       BIGINT NOT NULL,
    PRIMARY KEY (restaurant, day)
);

-- An order's lines are one JSON array: they are written once, read whole and never searched one by one.
CREATE TABLE orders (
    id             TEXT   NOT NULL PRIMARY KEY,
    call_sid       TEXT   NOT NULL REFERENCES calls (sid),
    sequence       BIGINT NOT NULL,
    restaurant     TEXT   NOT NULL,
    day            TEXT   NOT NULL,
    number         BIGINT NOT NULL,
    state          TEXT   NOT NULL,
    placed_at      TEXT   NOT NULL,
    currency       TEXT   NOT NULL,
    subtotal_minor BIGINT NOT NULL,
    tax_minor      BIGINT NOT NULL,
    total_minor    BIGINT NOT NULL,
    lines          TEXT   NOT NULL,
    customer_name  TEXT,
    fulfilment     TEXT,
    generation     BIGINT NOT NULL,
    digest         TEXT   NOT NULL,
    UNIQUE (call_sid, sequence),
    UNIQUE (restaurant, day, number)
);
CREATE INDEX orders_by_time ON orders (placed_at DESC, id DESC);
