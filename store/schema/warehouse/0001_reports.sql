CREATE TABLE drained (one BOOLEAN PRIMARY KEY CHECK (one), seq BIGINT NOT NULL);
COMMENT ON TABLE drained IS 'How far the journal has been drained; one row.';
COMMENT ON COLUMN drained.one IS 'Always true: keeps the table at one row.';
COMMENT ON COLUMN drained.seq IS 'Number of the last journal row whose report is in the table reports.';
INSERT INTO drained VALUES (true, 0);

CREATE TABLE reports (
    id           VARCHAR PRIMARY KEY,
    channel      VARCHAR NOT NULL,
    source       VARCHAR NOT NULL,
    source_kind  VARCHAR NOT NULL,
    key          VARCHAR NOT NULL,
    said_at      TIMESTAMPTZ NOT NULL,
    received_at  TIMESTAMPTZ NOT NULL,
    title        VARCHAR NOT NULL,
    text         VARCHAR NOT NULL,
    place        VARCHAR NOT NULL,
    lat          DOUBLE,
    lon          DOUBLE,
    language     VARCHAR NOT NULL,
    confidence   VARCHAR NOT NULL,
    sensitivity  VARCHAR NOT NULL,
    figures      STRUCT(kind VARCHAR, number DOUBLE, unit VARCHAR)[] NOT NULL,
    url          VARCHAR NOT NULL,
    publisher    VARCHAR NOT NULL,
    attachments  STRUCT(name VARCHAR, media_type VARCHAR, size BIGINT, sha256 VARCHAR, text VARCHAR)[] NOT NULL,
    content_hash VARCHAR NOT NULL
);
COMMENT ON TABLE reports IS 'What was reported, one row a report; who sent it is not here. Empty text means not stated.';
COMMENT ON COLUMN reports.id IS 'Depends on source and key alone.';
COMMENT ON COLUMN reports.channel IS 'How it came in: partner, feed, mail or table.';
COMMENT ON COLUMN reports.source IS 'Name under which the source may be shown; may be a pseudonym.';
COMMENT ON COLUMN reports.source_kind IS 'Sort of voice: partner, ngo, un, government, news, blog, public or unknown.';
COMMENT ON COLUMN reports.key IS 'The report''s own identifier within its source.';
COMMENT ON COLUMN reports.said_at IS 'When it was said: its own date, else its reception (UTC).';
COMMENT ON COLUMN reports.received_at IS 'When it was acknowledged (UTC).';
COMMENT ON COLUMN reports.title IS 'Heading or subject.';
COMMENT ON COLUMN reports.text IS 'Body as plain text.';
COMMENT ON COLUMN reports.place IS 'Place in the reporter''s words.';
COMMENT ON COLUMN reports.lat IS 'Latitude the reporter gave, degrees (WGS 84).';
COMMENT ON COLUMN reports.lon IS 'Longitude the reporter gave, degrees (WGS 84).';
COMMENT ON COLUMN reports.language IS 'Language the reporter stated (ISO 639-1); the detected one is in readings.';
COMMENT ON COLUMN reports.confidence IS 'How sure the source is, in its words.';
COMMENT ON COLUMN reports.sensitivity IS 'Traffic Light Protocol 2.0: clear, green, amber or red.';
COMMENT ON COLUMN reports.figures IS 'Numbers as the reporter stated them.';
COMMENT ON COLUMN reports.url IS 'Where it can be read.';
COMMENT ON COLUMN reports.publisher IS 'Who really speaks, where the source only passes it on.';
COMMENT ON COLUMN reports.attachments IS 'Files that came with it; text where it could be read.';
COMMENT ON COLUMN reports.content_hash IS 'SHA-256 of the submission without its sender.';
