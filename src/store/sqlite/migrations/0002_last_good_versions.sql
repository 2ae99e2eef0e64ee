-- Restaurant files as they were when they were last good, so that a restart forgets neither menus nor who owns a number.

-- The last versions of each file; a version accepted again becomes the newest.
CREATE TABLE file_versions (
    position       INTEGER PRIMARY KEY AUTOINCREMENT,
    file           TEXT    NOT NULL,
    digest         TEXT    NOT NULL,
    restaurant     TEXT    NOT NULL,
    bytes          BLOB    NOT NULL,
    schema_version BIGINT  NOT NULL,
    generation     BIGINT  NOT NULL,
    accepted_at    TEXT    NOT NULL,
    UNIQUE (file, digest)
);
CREATE INDEX file_versions_by_file ON file_versions (file, position);
CREATE INDEX file_versions_by_digest ON file_versions (digest);

-- What is in force for each file; `numbers` (JSON) are those it owns, `pinned_over` the bytes on disk it is served instead of.
CREATE TABLE files_in_force (
    file        TEXT NOT NULL PRIMARY KEY,
    digest      TEXT NOT NULL,
    restaurant  TEXT NOT NULL,
    numbers     TEXT NOT NULL,
    pinned_over TEXT
);

-- One row: the generation last published.
CREATE TABLE folder_generation (
    only_row   BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    generation BIGINT NOT NULL
);

-- What became of each file, scan by scan. `effect` is what the scan changed for its restaurant.
CREATE TABLE folder_audit (
    position   INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT    NOT NULL,
    generation BIGINT  NOT NULL,
    trigger_   TEXT    NOT NULL,
    file       TEXT    NOT NULL,
    outcome    TEXT    NOT NULL,
    moved_from TEXT,
    on_disk    TEXT,
    served     TEXT,
    before_    TEXT,
    effect     TEXT    NOT NULL
);
