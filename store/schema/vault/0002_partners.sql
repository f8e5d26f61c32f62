-- Which partner of the coalition a key belongs to: the one place that joins a partner with the name its reports are shown under.
CREATE TABLE partner_keys (
    prefix     TEXT PRIMARY KEY,
    partner_id TEXT NOT NULL
) WITHOUT ROWID;

-- Which reports answer a question that one partner was asked. Kept here, since it tells who reported.
CREATE TABLE answering_reports (
    ask_id    TEXT NOT NULL,
    report_id TEXT NOT NULL,
    PRIMARY KEY (ask_id, report_id)
) WITHOUT ROWID;

-- Keys that sign, made once at random.
CREATE TABLE signing_keys (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
