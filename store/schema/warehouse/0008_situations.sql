ALTER TABLE situations ADD COLUMN title_id VARCHAR DEFAULT '';
ALTER TABLE situations ALTER COLUMN title_id SET NOT NULL;
ALTER TABLE situations ADD COLUMN locked BOOLEAN DEFAULT false;
ALTER TABLE situations ALTER COLUMN locked SET NOT NULL;
ALTER TABLE situations ADD COLUMN dismissed BOOLEAN DEFAULT false;
ALTER TABLE situations ALTER COLUMN dismissed SET NOT NULL;
COMMENT ON COLUMN situations.title_id IS 'The report its title was taken from; empty if a person gave it.';
COMMENT ON COLUMN situations.trend IS 'emerging, growing, steady, fading, dormant or closed.';
COMMENT ON COLUMN situations.locked IS 'Whether a person fixed its reports: no machine merges or splits it.';
COMMENT ON COLUMN situations.dismissed IS 'Whether a person ruled that it is not to be shown.';

CREATE TABLE situation_sentences (
    situation_id VARCHAR, number INTEGER, text VARCHAR NOT NULL, report_ids VARCHAR[] NOT NULL,
    PRIMARY KEY (situation_id, number)
);
COMMENT ON TABLE situation_sentences IS 'The summary of each situation as it stands.';
COMMENT ON COLUMN situation_sentences.situation_id IS 'The situation.';
COMMENT ON COLUMN situation_sentences.number IS 'Counts its sentences from 0.';
COMMENT ON COLUMN situation_sentences.text IS 'The sentence, word for word from the first of its reports.';
COMMENT ON COLUMN situation_sentences.report_ids IS 'The reports that bear it.';

ALTER TABLE situation_history ADD COLUMN other VARCHAR DEFAULT '';
ALTER TABLE situation_history ALTER COLUMN other SET NOT NULL;
ALTER TABLE situation_history ADD COLUMN ruled_by VARCHAR DEFAULT '';
ALTER TABLE situation_history ALTER COLUMN ruled_by SET NOT NULL;
ALTER TABLE situation_history ADD COLUMN report_ids VARCHAR[] DEFAULT [];
ALTER TABLE situation_history ALTER COLUMN report_ids SET NOT NULL;
COMMENT ON COLUMN situation_history.kind IS 'opened, discovered, joined, merged, split, parted, revived, closed, retitled, told, untold, ruled or unruled.';
COMMENT ON COLUMN situation_history.detail IS 'In words, or the words that entered or left.';
COMMENT ON COLUMN situation_history.other IS 'The situation it merged with, or was split from or into; empty for none.';
COMMENT ON COLUMN situation_history.ruled_by IS 'The person whose ruling it was; empty for the machine.';
COMMENT ON COLUMN situation_history.report_ids IS 'The reports it concerned, where it did not concern all.';

CREATE TABLE situation_moves (number BIGINT PRIMARY KEY, report_id VARCHAR NOT NULL, moved_at TIMESTAMPTZ NOT NULL, situation_id VARCHAR NOT NULL);
COMMENT ON TABLE situation_moves IS 'Every change of membership; the last move of each report up to a moment tells the state of that moment.';
COMMENT ON COLUMN situation_moves.number IS 'Counts moves in the order written.';
COMMENT ON COLUMN situation_moves.report_id IS 'The report.';
COMMENT ON COLUMN situation_moves.moved_at IS 'From when on (UTC).';
COMMENT ON COLUMN situation_moves.situation_id IS 'Where it belonged from then on; empty if to none.';

CREATE TABLE rulings (
    id VARCHAR PRIMARY KEY, ruled_at TIMESTAMPTZ NOT NULL, ruled_by VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    situation_id VARCHAR NOT NULL, report_ids VARCHAR[] NOT NULL, other VARCHAR NOT NULL, other_ids VARCHAR[] NOT NULL,
    title VARCHAR NOT NULL, reason VARCHAR NOT NULL, undone_at TIMESTAMPTZ
);
COMMENT ON TABLE rulings IS 'What people decided about situations; holds in every later run until it is undone.';
COMMENT ON COLUMN rulings.id IS 'Its id.';
COMMENT ON COLUMN rulings.ruled_at IS 'When (UTC).';
COMMENT ON COLUMN rulings.ruled_by IS 'By whom, under the name that may be shown.';
COMMENT ON COLUMN rulings.kind IS 'merge, split, rename, lock or dismiss.';
COMMENT ON COLUMN rulings.situation_id IS 'The situation it is about.';
COMMENT ON COLUMN rulings.report_ids IS 'The reports the situation held when it was ruled.';
COMMENT ON COLUMN rulings.other IS 'The situation merged into it, or split off it; empty for none.';
COMMENT ON COLUMN rulings.other_ids IS 'The reports of that other one.';
COMMENT ON COLUMN rulings.title IS 'The new title; empty if it is not about one.';
COMMENT ON COLUMN rulings.reason IS 'Why, in the words of whoever ruled.';
COMMENT ON COLUMN rulings.undone_at IS 'When it was taken back (UTC); null while it holds.';
