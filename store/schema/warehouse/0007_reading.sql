ALTER TABLE places ADD COLUMN admin2 VARCHAR DEFAULT '';
ALTER TABLE places ALTER COLUMN admin2 SET NOT NULL;
COMMENT ON COLUMN places.admin2 IS 'Second administrative division; empty if not known.';

ALTER TABLE report_places ADD COLUMN runner_up_id VARCHAR DEFAULT '';
ALTER TABLE report_places ALTER COLUMN runner_up_id SET NOT NULL;
COMMENT ON COLUMN report_places.runner_up_id IS 'The next likely entry in places; empty if there is no other of that name.';

ALTER TABLE origins ADD COLUMN revision_of VARCHAR DEFAULT '';
ALTER TABLE origins ALTER COLUMN revision_of SET NOT NULL;
COMMENT ON COLUMN origins.revision_of IS 'The report of which this is only a later edition; empty if it is none.';

CREATE TABLE figures (
    report_id VARCHAR, number INTEGER,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, low DOUBLE NOT NULL, high DOUBLE, unit VARCHAR NOT NULL, said_by VARCHAR NOT NULL,
    of_what VARCHAR NOT NULL, about BOOLEAN NOT NULL, place_id VARCHAR NOT NULL, first_day DATE, last_day DATE,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE figures IS 'Counts that a report states in its text.';
COMMENT ON COLUMN figures.report_id IS 'The report it stands in.';
COMMENT ON COLUMN figures.number IS 'Counts the figures of one report from 0.';
COMMENT ON COLUMN figures.start_char IS 'First character, counted from 0 in title, line break, text.';
COMMENT ON COLUMN figures.end_char IS 'One past the last character.';
COMMENT ON COLUMN figures.text IS 'The words themselves.';
COMMENT ON COLUMN figures.kind IS 'What is counted: killed, injured, displaced, missing, affected, in_need, detained or money.';
COMMENT ON COLUMN figures.low IS 'At least so many; 0 where only an upper bound is stated.';
COMMENT ON COLUMN figures.high IS 'At most so many; null where only a lower bound is stated.';
COMMENT ON COLUMN figures.unit IS 'people, families, houses, ... or a currency (ISO 4217).';
COMMENT ON COLUMN figures.said_by IS 'Who vouches for it: partner, government, un, media or other.';
COMMENT ON COLUMN figures.of_what IS 'Who or what is counted, as written; may be empty.';
COMMENT ON COLUMN figures.about IS 'Whether the text calls it approximate.';
COMMENT ON COLUMN figures.place_id IS 'Where, if the text says: an entry in places; else empty.';
COMMENT ON COLUMN figures.first_day IS 'First day it is about, if the text says.';
COMMENT ON COLUMN figures.last_day IS 'Last day it is about, if the text says.';

CREATE TABLE dates (
    report_id VARCHAR, number INTEGER,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, text VARCHAR NOT NULL, first_day DATE, last_day DATE,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE dates IS 'Times named in a report, resolved against its own date.';
COMMENT ON COLUMN dates.report_id IS 'The report it stands in.';
COMMENT ON COLUMN dates.number IS 'Counts the times of one report from 0.';
COMMENT ON COLUMN dates.start_char IS 'First character, counted from 0 in title, line break, text.';
COMMENT ON COLUMN dates.end_char IS 'One past the last character.';
COMMENT ON COLUMN dates.text IS 'The words themselves.';
COMMENT ON COLUMN dates.first_day IS 'First day meant; null for a time without a beginning.';
COMMENT ON COLUMN dates.last_day IS 'Last day meant; null for a time that goes on.';

CREATE TABLE name_links (
    report_id VARCHAR, number INTEGER, name_id VARCHAR NOT NULL, canonical VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE name_links IS 'Mentions of people and organisations, joined to names across reports; a mention without a row stands for itself.';
COMMENT ON COLUMN name_links.report_id IS 'The report it stands in.';
COMMENT ON COLUMN name_links.number IS 'Number of the mention in entities.';
COMMENT ON COLUMN name_links.name_id IS 'Stable id of the name.';
COMMENT ON COLUMN name_links.canonical IS 'How the name is shown.';
COMMENT ON COLUMN name_links.reason IS 'Why the mention is held to be this name.';

CREATE TABLE source_grades (
    source VARCHAR, graded_at TIMESTAMPTZ,
    letter VARCHAR NOT NULL, confirmed INTEGER NOT NULL, contradicted INTEGER NOT NULL, reason VARCHAR NOT NULL,
    PRIMARY KEY (source, graded_at)
);
COMMENT ON TABLE source_grades IS 'Reliability of each source by its own history; the latest row holds.';
COMMENT ON COLUMN source_grades.source IS 'The source.';
COMMENT ON COLUMN source_grades.graded_at IS 'From when on it holds (UTC).';
COMMENT ON COLUMN source_grades.letter IS 'Admiralty letter: A completely reliable to E unreliable, F not to be judged.';
COMMENT ON COLUMN source_grades.confirmed IS 'Its reports that independent origins confirmed until then.';
COMMENT ON COLUMN source_grades.contradicted IS 'Its reports that independent origins contradicted until then.';
COMMENT ON COLUMN source_grades.reason IS 'Why that letter.';

CREATE TABLE report_grades (report_id VARCHAR PRIMARY KEY, number INTEGER NOT NULL, reason VARCHAR NOT NULL);
COMMENT ON TABLE report_grades IS 'Credibility of each report by independent corroboration.';
COMMENT ON COLUMN report_grades.report_id IS 'The report.';
COMMENT ON COLUMN report_grades.number IS 'Admiralty number: 1 confirmed to 5 improbable, 6 not to be judged.';
COMMENT ON COLUMN report_grades.reason IS 'Why that number.';

CREATE TABLE corrections (
    id VARCHAR PRIMARY KEY, corrected_at TIMESTAMPTZ NOT NULL, corrected_by VARCHAR NOT NULL, subject VARCHAR NOT NULL, text VARCHAR NOT NULL,
    wrong_id VARCHAR NOT NULL, right_id VARCHAR NOT NULL, report_id VARCHAR NOT NULL, reason VARCHAR NOT NULL, undone_at TIMESTAMPTZ
);
COMMENT ON TABLE corrections IS 'What people put right; holds for later reports too until it is undone.';
COMMENT ON COLUMN corrections.id IS 'Its id.';
COMMENT ON COLUMN corrections.corrected_at IS 'When (UTC).';
COMMENT ON COLUMN corrections.corrected_by IS 'By whom, under the name that may be shown.';
COMMENT ON COLUMN corrections.subject IS 'place or name.';
COMMENT ON COLUMN corrections.text IS 'The words that were misread.';
COMMENT ON COLUMN corrections.wrong_id IS 'The place or name they were taken for.';
COMMENT ON COLUMN corrections.right_id IS 'The place or name they mean; empty for no place, or for someone of their own.';
COMMENT ON COLUMN corrections.report_id IS 'The only report it holds for; empty if it holds for all.';
COMMENT ON COLUMN corrections.reason IS 'Why, in the words of whoever put it right.';
COMMENT ON COLUMN corrections.undone_at IS 'When it was taken back (UTC); null while it holds.';
