-- Who wants no texts from which of our numbers (STOP): a pair is here until its owner says START. Kept when a person's data is
-- deleted: forgetting it would begin the texts again.
CREATE TABLE text_stops (
    ours   TEXT NOT NULL,
    theirs TEXT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (ours, theirs)
);
