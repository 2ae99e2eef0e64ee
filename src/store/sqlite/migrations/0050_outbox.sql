-- How orders reach their restaurants: one row for each channel, written with the order, in the file's order (by position).
-- `channel` (JSON) is the channel as it was when the order was placed; `destination` what shares its few connections.
CREATE TABLE deliveries (
    position     INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    order_id     TEXT    NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    restaurant   TEXT    NOT NULL,
    destination  TEXT    NOT NULL,
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
CREATE INDEX deliveries_by_order ON deliveries (order_id, position);
CREATE INDEX deliveries_by_state ON deliveries (state, next_at);
CREATE INDEX deliveries_that_hold ON deliveries (holds_until) WHERE holds_until IS NOT NULL;
CREATE INDEX deliveries_in_line ON deliveries (restaurant, destination, state, position);

-- What happened to an order after it was placed: what, when, by whom.
CREATE TABLE order_changes (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id TEXT    NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    at       TEXT    NOT NULL,
    what     TEXT    NOT NULL,
    by_      TEXT    NOT NULL,
    reason   TEXT,
    ready_at TEXT
);
CREATE INDEX order_changes_by_order ON order_changes (order_id, position);
