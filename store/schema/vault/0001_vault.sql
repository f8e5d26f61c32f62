-- Who is behind a report. This file never leaves its owner.
CREATE TABLE identities (
    report_id TEXT PRIMARY KEY,
    identity  TEXT NOT NULL
) WITHOUT ROWID;

-- The name under which an identity may be shown: random, made once.
CREATE TABLE pseudonyms (
    identity TEXT NOT NULL,
    prefix   TEXT NOT NULL,
    name     TEXT NOT NULL UNIQUE,
    PRIMARY KEY (identity, prefix)
) WITHOUT ROWID;

-- API keys: the secret itself is never kept, only its SHA-256.
CREATE TABLE api_keys (
    prefix      TEXT PRIMARY KEY,
    digest      BLOB    NOT NULL,
    owner       TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    source_kind TEXT    NOT NULL,
    scopes      TEXT    NOT NULL,  -- separated by spaces
    created_at  INTEGER NOT NULL,  -- microseconds since 1970, UTC
    revoked_at  INTEGER
) WITHOUT ROWID;
