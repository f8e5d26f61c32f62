-- What people decided about situations, as JSON without `undone_at` and `undone_by`; rows are never removed, only taken back.
CREATE TABLE rulings (
    id        TEXT    PRIMARY KEY,
    at        INTEGER NOT NULL,  -- microseconds since 1970, UTC
    body      TEXT    NOT NULL,
    undone_at INTEGER,
    undone_by TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;
