CREATE TABLE situation_seen (report_id VARCHAR PRIMARY KEY, situation_id VARCHAR NOT NULL);
COMMENT ON TABLE situation_seen IS 'Which reports were looked at for situations, and where they belong.';
COMMENT ON COLUMN situation_seen.report_id IS 'The report.';
COMMENT ON COLUMN situation_seen.situation_id IS 'The situation it belongs to; empty if it stays ungrouped.';

CREATE TABLE situations (
    id VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, place_ids VARCHAR[] NOT NULL,
    trend VARCHAR NOT NULL, reason VARCHAR NOT NULL, keywords VARCHAR[] NOT NULL, described_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE situations IS 'How each situation is described now; its reports are in situation_seen, its times and origins follow from them.';
COMMENT ON COLUMN situations.id IS 'Stable id.';
COMMENT ON COLUMN situations.title IS 'What it is about.';
COMMENT ON COLUMN situations.place_ids IS 'Places it concerns, the most named first.';
COMMENT ON COLUMN situations.trend IS 'emerging, growing, steady, fading or dormant.';
COMMENT ON COLUMN situations.reason IS 'Why that trend.';
COMMENT ON COLUMN situations.keywords IS 'Words that set it apart.';
COMMENT ON COLUMN situations.described_at IS 'The time whose knowledge the description rests on (UTC).';

CREATE TABLE situation_history (
    situation_id VARCHAR, number INTEGER,
    happened_at TIMESTAMPTZ NOT NULL, kind VARCHAR NOT NULL, detail VARCHAR NOT NULL,
    PRIMARY KEY (situation_id, number)
);
COMMENT ON TABLE situation_history IS 'What became of each situation.';
COMMENT ON COLUMN situation_history.situation_id IS 'The situation.';
COMMENT ON COLUMN situation_history.number IS 'Counts its lines from 1 in the order written.';
COMMENT ON COLUMN situation_history.happened_at IS 'When (UTC).';
COMMENT ON COLUMN situation_history.kind IS 'opened, discovered, joined, merged or retitled.';
COMMENT ON COLUMN situation_history.detail IS 'With what, or into what.';
