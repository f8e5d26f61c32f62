-- What people put right, as JSON without `undone_at`; rows are never removed, only taken back.
CREATE TABLE corrections (
    id        TEXT    PRIMARY KEY,
    at        INTEGER NOT NULL,  -- microseconds since 1970, UTC
    body      TEXT    NOT NULL,
    undone_at INTEGER
) WITHOUT ROWID;
