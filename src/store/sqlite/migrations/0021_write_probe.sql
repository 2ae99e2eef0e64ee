-- What `Store::check_writable` writes, about as much as an order takes: a disk that has room for less is full.
CREATE TABLE write_probe (
    only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    filling  BLOB   NOT NULL
);
