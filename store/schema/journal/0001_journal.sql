-- What was acknowledged. Rows are only ever added; `body` is the submission as canonical JSON without its sender.
CREATE TABLE submissions (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id    TEXT    NOT NULL UNIQUE,
    source       TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    content_hash TEXT    NOT NULL,
    received_at  INTEGER NOT NULL,  -- microseconds since 1970, UTC
    body         TEXT    NOT NULL,
    UNIQUE (source, key)
);

-- What could not be taken in, with its reason and its bytes.
CREATE TABLE quarantine (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    channel    TEXT    NOT NULL,
    source     TEXT    NOT NULL,
    place      TEXT    NOT NULL,  -- where in the input: file and row, mailbox and uid, feed and entry
    reason     TEXT    NOT NULL,
    remedy     TEXT    NOT NULL,
    body       BLOB    NOT NULL,
    body_hash  TEXT    NOT NULL,
    retried_at INTEGER,
    UNIQUE (source, place, body_hash)
);

-- What is remembered between two visits to a feed or mailbox, as JSON.
CREATE TABLE source_states (
    location TEXT PRIMARY KEY,
    body     TEXT NOT NULL
) WITHOUT ROWID;

-- Objectives and partners as their owners wrote them; every version stays.
CREATE TABLE documents (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    body     TEXT NOT NULL,
    saved_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
CREATE INDEX documents_by_id ON documents (kind, id, number);
