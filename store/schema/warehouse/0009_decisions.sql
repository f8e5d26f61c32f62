CREATE TABLE decisions (
    number BIGINT NOT NULL, id VARCHAR PRIMARY KEY, decided_at TIMESTAMPTZ NOT NULL, decided_by VARCHAR NOT NULL, suggestion_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL, reason VARCHAR NOT NULL, undone_at TIMESTAMPTZ, undone_by VARCHAR NOT NULL
);
COMMENT ON TABLE decisions IS 'What coordinators decided on suggestions; the latest of a suggestion that is not undone holds.';
COMMENT ON COLUMN decisions.number IS 'Counts decisions in the order in which they were said.';
COMMENT ON COLUMN decisions.id IS 'Its id.';
COMMENT ON COLUMN decisions.decided_at IS 'When (UTC).';
COMMENT ON COLUMN decisions.decided_by IS 'By whom, under the name that may be shown.';
COMMENT ON COLUMN decisions.suggestion_id IS 'The suggestion.';
COMMENT ON COLUMN decisions.verdict IS 'accept, reject or defer.';
COMMENT ON COLUMN decisions.reason IS 'Why, in the words of whoever decided.';
COMMENT ON COLUMN decisions.undone_at IS 'When it was taken back (UTC); null while it was not.';
COMMENT ON COLUMN decisions.undone_by IS 'Who took it back; empty while it was not.';
