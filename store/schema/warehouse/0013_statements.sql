CREATE TABLE statements (
    number BIGINT NOT NULL UNIQUE, id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, subject VARCHAR NOT NULL, detail VARCHAR NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL, deadline TIMESTAMPTZ NOT NULL, metric VARCHAR NOT NULL, threshold BIGINT NOT NULL,
    source VARCHAR NOT NULL, rule VARCHAR NOT NULL, text VARCHAR NOT NULL, evidence VARCHAR[] NOT NULL,
    previous_hash VARCHAR NOT NULL, hash VARCHAR NOT NULL
);
COMMENT ON TABLE statements IS 'Statements that resolve by themselves, as they were published; rows are only ever added, each sealed by a hash over itself and the one before.';
COMMENT ON COLUMN statements.number IS 'Place in the ledger, from 1.';
COMMENT ON COLUMN statements.id IS 'Its id.';
COMMENT ON COLUMN statements.kind IS 'reports, origins, place, escalation, condition or obstacle.';
COMMENT ON COLUMN statements.subject IS 'The situation, place or objective it is about.';
COMMENT ON COLUMN statements.detail IS 'The condition or obstacle it is about; empty for counts.';
COMMENT ON COLUMN statements.issued_at IS 'When it was published (UTC).';
COMMENT ON COLUMN statements.deadline IS 'When it is settled (UTC).';
COMMENT ON COLUMN statements.metric IS 'What is measured.';
COMMENT ON COLUMN statements.threshold IS 'It comes true when the measured value is at least this.';
COMMENT ON COLUMN statements.source IS 'Where the value comes from.';
COMMENT ON COLUMN statements.rule IS 'How it is settled, and when it is void.';
COMMENT ON COLUMN statements.text IS 'The statement in words.';
COMMENT ON COLUMN statements.evidence IS 'Reports it rests on.';
COMMENT ON COLUMN statements.previous_hash IS 'Hash of the statement before; empty for the first.';
COMMENT ON COLUMN statements.hash IS 'SHA-256 of previous_hash and this row.';

CREATE TABLE odds (
    number BIGINT NOT NULL UNIQUE, statement_id VARCHAR, held_at TIMESTAMPTZ, held_by VARCHAR, probability DOUBLE NOT NULL,
    previous_hash VARCHAR NOT NULL, hash VARCHAR NOT NULL, PRIMARY KEY (statement_id, held_at, held_by)
);
COMMENT ON TABLE odds IS 'Every probability that was ever held of a statement; rows are only ever added, each sealed like statements.';
COMMENT ON COLUMN odds.number IS 'Place in the ledger, from 1.';
COMMENT ON COLUMN odds.statement_id IS 'The statement.';
COMMENT ON COLUMN odds.held_at IS 'From when on (UTC).';
COMMENT ON COLUMN odds.held_by IS 'model, coordinator, or the pseudonym of a partner.';
COMMENT ON COLUMN odds.probability IS 'How likely it was held to come true, 0 to 1.';
COMMENT ON COLUMN odds.previous_hash IS 'Hash of the row before; empty for the first.';
COMMENT ON COLUMN odds.hash IS 'SHA-256 of previous_hash and this row.';

CREATE TABLE outcomes (
    number BIGINT NOT NULL UNIQUE, statement_id VARCHAR PRIMARY KEY, resolved_at TIMESTAMPTZ NOT NULL, observed BIGINT, came_true BOOLEAN,
    reason VARCHAR NOT NULL, previous_hash VARCHAR NOT NULL, hash VARCHAR NOT NULL
);
COMMENT ON TABLE outcomes IS 'What became of statements that fell due; rows are only ever added, each sealed like statements.';
COMMENT ON COLUMN outcomes.number IS 'Place in the ledger, from 1.';
COMMENT ON COLUMN outcomes.statement_id IS 'The statement.';
COMMENT ON COLUMN outcomes.resolved_at IS 'When it was settled (UTC).';
COMMENT ON COLUMN outcomes.observed IS 'The value measured; null where it is void.';
COMMENT ON COLUMN outcomes.came_true IS 'Whether it came true; null where it is void.';
COMMENT ON COLUMN outcomes.reason IS 'By which rule it is void; empty where it is not.';
COMMENT ON COLUMN outcomes.previous_hash IS 'Hash of the row before; empty for the first.';
COMMENT ON COLUMN outcomes.hash IS 'SHA-256 of previous_hash and this row.';
