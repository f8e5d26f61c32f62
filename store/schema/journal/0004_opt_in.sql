-- What coordinators decided on suggestions, as JSON without `undone_at` and `undone_by`; rows are never removed, only taken back.
CREATE TABLE decisions (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    id        TEXT    NOT NULL UNIQUE,
    body      TEXT    NOT NULL,
    undone_at INTEGER,  -- microseconds since 1970, UTC
    undone_by TEXT    NOT NULL DEFAULT ''
);

-- What was offered to partners, as JSON.
CREATE TABLE blueprints (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT    NOT NULL UNIQUE,
    body   TEXT    NOT NULL
);

-- What was asked of one partner, as JSON without `revoked_at`; a signed link names it by its nonce.
CREATE TABLE asks (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT    NOT NULL UNIQUE,
    nonce      TEXT    NOT NULL UNIQUE,
    body       TEXT    NOT NULL,
    revoked_at INTEGER
);

-- What partners answered, as JSON; rows are only ever added. Only the coordinator's door reads them.
CREATE TABLE answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    body   TEXT    NOT NULL
);

-- Which conditional answers the coordinator holds for met, and which blueprints were dissolved, as JSON.
CREATE TABLE confirmations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    body   TEXT    NOT NULL
);
CREATE TABLE endings (
    blueprint_id TEXT PRIMARY KEY,
    body         TEXT NOT NULL
) WITHOUT ROWID;
