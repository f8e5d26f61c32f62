CREATE TABLE suggestion_cards (
    suggestion_id VARCHAR PRIMARY KEY, confidence VARCHAR NOT NULL, confidence_why VARCHAR NOT NULL, expires_at TIMESTAMPTZ NOT NULL, finding VARCHAR,
    questions STRUCT(question VARCHAR, answer VARCHAR, reason VARCHAR)[] NOT NULL,
    alternatives STRUCT(members STRUCT(partner_id VARCHAR, name VARCHAR, covers VARCHAR[], reason VARCHAR)[], shared VARCHAR[])[] NOT NULL,
    only_team VARCHAR NOT NULL,
    left_out STRUCT(partner_id VARCHAR, name VARCHAR, why VARCHAR, strengths VARCHAR[], reason VARCHAR)[] NOT NULL, flips VARCHAR[] NOT NULL
);
COMMENT ON TABLE suggestion_cards IS 'What stands on the card of a suggestion besides itself; rows are only ever added.';
COMMENT ON COLUMN suggestion_cards.suggestion_id IS 'The suggestion.';
COMMENT ON COLUMN suggestion_cards.confidence IS 'How much and how good evidence there is: low, moderate or high.';
COMMENT ON COLUMN suggestion_cards.confidence_why IS 'What that rests on.';
COMMENT ON COLUMN suggestion_cards.expires_at IS 'Until when it may be decided (UTC).';
COMMENT ON COLUMN suggestion_cards.finding IS 'shift, no_progress, several, weak_signal or fallen; null where none was stated.';
COMMENT ON COLUMN suggestion_cards.questions IS 'The five go/no-go questions, the answer to each (yes, no, unknown), and why.';
COMMENT ON COLUMN suggestion_cards.alternatives IS 'Other teams that cover as much, and which of their members are in the proposed one too.';
COMMENT ON COLUMN suggestion_cards.only_team IS 'Why there are fewer than two other teams; empty where there are two.';
COMMENT ON COLUMN suggestion_cards.left_out IS 'Partners that came near and are not proposed, and why.';
COMMENT ON COLUMN suggestion_cards.flips IS 'The fewest reports without which too little would be left to act on.';

CREATE TABLE decisions_anew (
    number BIGINT NOT NULL, id VARCHAR PRIMARY KEY, decided_at TIMESTAMPTZ NOT NULL, decided_by VARCHAR NOT NULL, suggestion_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL, reason VARCHAR NOT NULL, undone_at TIMESTAMPTZ, undone_by VARCHAR NOT NULL, until TIMESTAMPTZ
);
INSERT INTO decisions_anew SELECT *, NULL FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_anew RENAME TO decisions;
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
COMMENT ON COLUMN decisions.until IS 'When one that is put off is to be looked at again (UTC); null: when its card expires.';
