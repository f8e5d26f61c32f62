-- The analysts' copy. Nothing in it comes from a report marked TLP:RED, and who sent a report is not in it.
CREATE TABLE snap.reports (
    id VARCHAR PRIMARY KEY, said_at TIMESTAMPTZ NOT NULL, received_at TIMESTAMPTZ NOT NULL,
    channel VARCHAR NOT NULL, source VARCHAR NOT NULL, source_kind VARCHAR NOT NULL, publisher VARCHAR, key VARCHAR,
    title VARCHAR, text VARCHAR NOT NULL, language VARCHAR, place VARCHAR, lat DOUBLE, lon DOUBLE,
    confidence VARCHAR, sensitivity VARCHAR NOT NULL, figures STRUCT(kind VARCHAR, number DOUBLE, unit VARCHAR)[] NOT NULL, url VARCHAR,
    attachments STRUCT(name VARCHAR, media_type VARCHAR, size BIGINT, sha256 VARCHAR, text VARCHAR)[] NOT NULL,
    understood BOOLEAN NOT NULL, degraded VARCHAR[] NOT NULL
);
COMMENT ON TABLE snap.reports IS 'What was reported, one row a report. Key: id. Null means not stated.';
COMMENT ON COLUMN snap.reports.id IS 'The report; every other table names it as report_id.';
COMMENT ON COLUMN snap.reports.said_at IS 'When it was said: its own date, else its reception (UTC).';
COMMENT ON COLUMN snap.reports.received_at IS 'When it was acknowledged (UTC).';
COMMENT ON COLUMN snap.reports.channel IS 'How it came in: partner, feed, mail or table.';
COMMENT ON COLUMN snap.reports.source IS 'Name under which the source may be shown; may be a pseudonym.';
COMMENT ON COLUMN snap.reports.source_kind IS 'Sort of voice: partner, ngo, un, government, news, blog, public or unknown.';
COMMENT ON COLUMN snap.reports.publisher IS 'Who really speaks, where the source only passes it on.';
COMMENT ON COLUMN snap.reports.key IS 'The report''s own identifier within its source; not given for mail.';
COMMENT ON COLUMN snap.reports.title IS 'Heading or subject.';
COMMENT ON COLUMN snap.reports.text IS 'Body as plain text.';
COMMENT ON COLUMN snap.reports.language IS 'Language (ISO 639-1): detected where the report has been read, else as stated.';
COMMENT ON COLUMN snap.reports.place IS 'Place in the reporter''s words; resolved place names are in report_places.';
COMMENT ON COLUMN snap.reports.lat IS 'Latitude the reporter gave, degrees (WGS 84).';
COMMENT ON COLUMN snap.reports.lon IS 'Longitude the reporter gave, degrees (WGS 84).';
COMMENT ON COLUMN snap.reports.confidence IS 'How sure the source is, in its words.';
COMMENT ON COLUMN snap.reports.sensitivity IS 'Traffic Light Protocol 2.0: clear, green or amber.';
COMMENT ON COLUMN snap.reports.figures IS 'Numbers as the reporter stated them; those in its text are in the table figures.';
COMMENT ON COLUMN snap.reports.url IS 'Where it can be read.';
COMMENT ON COLUMN snap.reports.attachments IS 'Files that came with it; text where it could be read.';
COMMENT ON COLUMN snap.reports.understood IS 'Whether it has been read: what it says is then in entities, report_places, obstacles, figures and dates.';
COMMENT ON COLUMN snap.reports.degraded IS 'What could not be done in reading it, and why.';

CREATE TABLE snap.entities (
    report_id VARCHAR, number INTEGER, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, text VARCHAR NOT NULL, label VARCHAR NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE snap.entities IS 'Named entities in reports, one row a mention. Key: report_id, number.';
COMMENT ON COLUMN snap.entities.report_id IS 'The report it stands in.';
COMMENT ON COLUMN snap.entities.number IS 'Counts the mentions of one report from 0.';
COMMENT ON COLUMN snap.entities.start_char IS 'First character, counted from 0 in title, line break, text.';
COMMENT ON COLUMN snap.entities.end_char IS 'One past the last character.';
COMMENT ON COLUMN snap.entities.text IS 'The words themselves.';
COMMENT ON COLUMN snap.entities.label IS 'The recogniser''s label, such as PERSON, ORG, GPE.';

CREATE TABLE snap.places (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, country VARCHAR, admin1 VARCHAR, admin2 VARCHAR,
    lat DOUBLE NOT NULL, lon DOUBLE NOT NULL, precision VARCHAR NOT NULL, population BIGINT
);
COMMENT ON TABLE snap.places IS 'Gazetteer entries that reports name, or may mean instead. Key: id.';
COMMENT ON COLUMN snap.places.id IS 'Stable id: gn:... from GeoNames, own:... from your own list.';
COMMENT ON COLUMN snap.places.name IS 'Usual name.';
COMMENT ON COLUMN snap.places.country IS 'Country (ISO 3166-1 alpha-2).';
COMMENT ON COLUMN snap.places.admin1 IS 'First administrative division.';
COMMENT ON COLUMN snap.places.admin2 IS 'Second administrative division.';
COMMENT ON COLUMN snap.places.lat IS 'Latitude, degrees (WGS 84).';
COMMENT ON COLUMN snap.places.lon IS 'Longitude, degrees (WGS 84).';
COMMENT ON COLUMN snap.places.precision IS 'What the entry is: exact, town, district, region or country.';
COMMENT ON COLUMN snap.places.population IS 'People living there, null if not known.';

CREATE TABLE snap.report_places (
    report_id VARCHAR, number INTEGER, place_id VARCHAR NOT NULL, probability DOUBLE NOT NULL, runner_up_id VARCHAR,
    text VARCHAR NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE snap.report_places IS 'Place names in reports, resolved to a gazetteer entry. Key: report_id, number.';
COMMENT ON COLUMN snap.report_places.report_id IS 'The report it stands in.';
COMMENT ON COLUMN snap.report_places.number IS 'Counts the place names of one report from 0.';
COMMENT ON COLUMN snap.report_places.place_id IS 'The entry in places that is meant.';
COMMENT ON COLUMN snap.report_places.probability IS 'How likely that this entry is meant, 0 to 1.';
COMMENT ON COLUMN snap.report_places.runner_up_id IS 'The next likely entry in places; null if there is no other of that name.';
COMMENT ON COLUMN snap.report_places.text IS 'The name as written.';
COMMENT ON COLUMN snap.report_places.start_char IS 'First character, counted from 0 in title, line break, text; 0 to 0 means the report''s own place field.';
COMMENT ON COLUMN snap.report_places.end_char IS 'One past the last character.';

CREATE TABLE snap.obstacles (
    report_id VARCHAR, number INTEGER, obstacle VARCHAR NOT NULL, state VARCHAR NOT NULL, weight DOUBLE NOT NULL, sentence VARCHAR NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE snap.obstacles IS 'What reports say stands in the way. Key: report_id, number.';
COMMENT ON COLUMN snap.obstacles.report_id IS 'The report that says so.';
COMMENT ON COLUMN snap.obstacles.number IS '0 for the main obstacle of the report, then 1, 2, ...';
COMMENT ON COLUMN snap.obstacles.obstacle IS 'Type: security_access, government_denial, legal, political_will, funding, logistics, information_gap, community_trust, capacity or none.';
COMMENT ON COLUMN snap.obstacles.state IS 'present, or lifted if the text says it has fallen.';
COMMENT ON COLUMN snap.obstacles.weight IS 'Chance that a careful reader would name it too, 0 to 1; 1 where a person said so.';
COMMENT ON COLUMN snap.obstacles.sentence IS 'The sentence that says so.';

CREATE TABLE snap.origins (report_id VARCHAR PRIMARY KEY, origin_id VARCHAR NOT NULL, revision_of VARCHAR, reason VARCHAR);
COMMENT ON TABLE snap.origins IS 'Which reports repeat one text; count distinct origin_id to count voices and not echoes. Key: report_id.';
COMMENT ON COLUMN snap.origins.report_id IS 'The report; each has one row.';
COMMENT ON COLUMN snap.origins.origin_id IS 'The earliest report with the same text; the report itself where it repeats none.';
COMMENT ON COLUMN snap.origins.revision_of IS 'The report of which this is only a later edition, so that it is no carrier of its own; null if it is none.';
COMMENT ON COLUMN snap.origins.reason IS 'Why they are held to be one text.';

CREATE TABLE snap.figures (
    report_id VARCHAR, number INTEGER, kind VARCHAR NOT NULL, low DOUBLE NOT NULL, high DOUBLE, unit VARCHAR NOT NULL, said_by VARCHAR NOT NULL,
    of_what VARCHAR, about BOOLEAN NOT NULL, place_id VARCHAR, first_day DATE, last_day DATE,
    text VARCHAR NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE snap.figures IS 'Counts that reports state in their text. Figures of different said_by contradict or confirm each other: never add them up. Key: report_id, number.';
COMMENT ON COLUMN snap.figures.report_id IS 'The report it stands in.';
COMMENT ON COLUMN snap.figures.number IS 'Counts the figures of one report from 0.';
COMMENT ON COLUMN snap.figures.kind IS 'What is counted: killed, injured, displaced, missing, affected, in_need, detained or money.';
COMMENT ON COLUMN snap.figures.low IS 'At least so many; 0 where only an upper bound is stated.';
COMMENT ON COLUMN snap.figures.high IS 'At most so many; null where only a lower bound is stated.';
COMMENT ON COLUMN snap.figures.unit IS 'people, families, houses, ... or a currency (ISO 4217).';
COMMENT ON COLUMN snap.figures.said_by IS 'Who vouches for it: partner, government, un, media or other.';
COMMENT ON COLUMN snap.figures.of_what IS 'Who or what is counted, as written.';
COMMENT ON COLUMN snap.figures.about IS 'Whether the text calls it approximate.';
COMMENT ON COLUMN snap.figures.place_id IS 'Where, if the text says: an entry in places.';
COMMENT ON COLUMN snap.figures.first_day IS 'First day it is about, if the text says.';
COMMENT ON COLUMN snap.figures.last_day IS 'Last day it is about, if the text says.';
COMMENT ON COLUMN snap.figures.text IS 'The words themselves.';
COMMENT ON COLUMN snap.figures.start_char IS 'First character, counted from 0 in title, line break, text.';
COMMENT ON COLUMN snap.figures.end_char IS 'One past the last character.';

CREATE TABLE snap.dates (
    report_id VARCHAR, number INTEGER, first_day DATE, last_day DATE, text VARCHAR NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE snap.dates IS 'Times named in reports, resolved against the report''s own date. Key: report_id, number.';
COMMENT ON COLUMN snap.dates.report_id IS 'The report it stands in.';
COMMENT ON COLUMN snap.dates.number IS 'Counts the times of one report from 0.';
COMMENT ON COLUMN snap.dates.first_day IS 'First day meant; null for a time without a beginning.';
COMMENT ON COLUMN snap.dates.last_day IS 'Last day meant; null for a time that goes on.';
COMMENT ON COLUMN snap.dates.text IS 'The words themselves.';
COMMENT ON COLUMN snap.dates.start_char IS 'First character, counted from 0 in title, line break, text.';
COMMENT ON COLUMN snap.dates.end_char IS 'One past the last character.';

CREATE TABLE snap.names (
    report_id VARCHAR, number INTEGER, name_id VARCHAR NOT NULL, canonical VARCHAR NOT NULL, text VARCHAR NOT NULL, label VARCHAR NOT NULL, reason VARCHAR,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE snap.names IS 'Mentions of people and organisations joined across reports: those with one name_id are held to be one. Key: report_id, number.';
COMMENT ON COLUMN snap.names.report_id IS 'The report it stands in.';
COMMENT ON COLUMN snap.names.number IS 'Number of the mention in entities.';
COMMENT ON COLUMN snap.names.name_id IS 'Stable id of the name.';
COMMENT ON COLUMN snap.names.canonical IS 'How the name is shown.';
COMMENT ON COLUMN snap.names.text IS 'The words themselves.';
COMMENT ON COLUMN snap.names.label IS 'The recogniser''s label, such as PERSON or ORG.';
COMMENT ON COLUMN snap.names.reason IS 'Why the mention is held to be this name; null where that cannot be shown.';

CREATE TABLE snap.source_grades (
    source VARCHAR, graded_at TIMESTAMPTZ, letter VARCHAR NOT NULL, confirmed INTEGER NOT NULL, contradicted INTEGER NOT NULL, reason VARCHAR,
    PRIMARY KEY (source, graded_at)
);
COMMENT ON TABLE snap.source_grades IS 'Reliability of each source by its own history; the latest row holds. Key: source, graded_at.';
COMMENT ON COLUMN snap.source_grades.source IS 'The source: a publisher or source in reports.';
COMMENT ON COLUMN snap.source_grades.graded_at IS 'From when on it holds (UTC).';
COMMENT ON COLUMN snap.source_grades.letter IS 'Admiralty letter: A completely reliable to E unreliable, F not to be judged.';
COMMENT ON COLUMN snap.source_grades.confirmed IS 'Its reports that independent origins confirmed until then.';
COMMENT ON COLUMN snap.source_grades.contradicted IS 'Its reports that independent origins contradicted until then.';
COMMENT ON COLUMN snap.source_grades.reason IS 'Why that letter; null where that cannot be shown.';

CREATE TABLE snap.report_grades (report_id VARCHAR PRIMARY KEY, number INTEGER NOT NULL, reason VARCHAR);
COMMENT ON TABLE snap.report_grades IS 'Credibility of each report by independent corroboration. Key: report_id.';
COMMENT ON COLUMN snap.report_grades.report_id IS 'The report.';
COMMENT ON COLUMN snap.report_grades.number IS 'Admiralty number: 1 confirmed to 5 improbable, 6 not to be judged.';
COMMENT ON COLUMN snap.report_grades.reason IS 'Why that number; null where that cannot be shown.';

CREATE TABLE snap.corrections (
    id VARCHAR PRIMARY KEY, corrected_at TIMESTAMPTZ NOT NULL, subject VARCHAR NOT NULL, text VARCHAR NOT NULL,
    wrong_id VARCHAR NOT NULL, right_id VARCHAR, report_id VARCHAR, reason VARCHAR, undone_at TIMESTAMPTZ
);
COMMENT ON TABLE snap.corrections IS 'What people put right; holds for later reports too until it is undone. Key: id.';
COMMENT ON COLUMN snap.corrections.id IS 'The correction.';
COMMENT ON COLUMN snap.corrections.corrected_at IS 'When (UTC).';
COMMENT ON COLUMN snap.corrections.subject IS 'place, name or obstacle.';
COMMENT ON COLUMN snap.corrections.text IS 'The words that were misread; empty for an obstacle.';
COMMENT ON COLUMN snap.corrections.wrong_id IS 'The place or name they were taken for; empty for an obstacle.';
COMMENT ON COLUMN snap.corrections.right_id IS 'The place or name they mean, or what the report names, main one first, such as legal,funding:lifted; null for no place, someone of their own, or no obstacle.';
COMMENT ON COLUMN snap.corrections.report_id IS 'The only report it holds for; null if it holds for all.';
COMMENT ON COLUMN snap.corrections.reason IS 'Why, in the words of whoever put it right.';
COMMENT ON COLUMN snap.corrections.undone_at IS 'When it was taken back (UTC); null while it holds.';

CREATE TABLE snap.situations (
    id VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, trend VARCHAR NOT NULL, reason VARCHAR, keywords VARCHAR[] NOT NULL, place_ids VARCHAR[] NOT NULL,
    first_at TIMESTAMPTZ NOT NULL, last_at TIMESTAMPTZ NOT NULL, reports BIGINT NOT NULL, origins BIGINT NOT NULL, carriers BIGINT NOT NULL,
    voices_of_late BIGINT NOT NULL, heard_at TIMESTAMPTZ NOT NULL, title_id VARCHAR, locked BOOLEAN NOT NULL, dismissed BOOLEAN NOT NULL, described_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE snap.situations IS 'What reports are about. Key: id.';
COMMENT ON COLUMN snap.situations.id IS 'The situation; stays the same from run to run.';
COMMENT ON COLUMN snap.situations.title IS 'What it is about.';
COMMENT ON COLUMN snap.situations.trend IS 'Where it is in its life, by all of its reports: emerging, growing, steady, fading, dormant or closed.';
COMMENT ON COLUMN snap.situations.reason IS 'Why that trend, with its counts; null where they are over reports that are not shown.';
COMMENT ON COLUMN snap.situations.keywords IS 'Words that set it apart.';
COMMENT ON COLUMN snap.situations.place_ids IS 'Places it concerns, the most named first.';
COMMENT ON COLUMN snap.situations.first_at IS 'When its first report was said (UTC).';
COMMENT ON COLUMN snap.situations.last_at IS 'When its last report was said (UTC).';
COMMENT ON COLUMN snap.situations.reports IS 'How many reports belong to it.';
COMMENT ON COLUMN snap.situations.origins IS 'How many independent origins these have.';
COMMENT ON COLUMN snap.situations.carriers IS 'How many reports carry these: all but later editions of others.';
COMMENT ON COLUMN snap.situations.voices_of_late IS 'How many voices were first to say something of it in the seven days before the latest description of any situation; floods are not heard. Where one voice tells all there is: how many origins.';
COMMENT ON COLUMN snap.situations.heard_at IS 'When a voice was last first to say something of it, floods aside (UTC); when it began where there was nothing else.';
COMMENT ON COLUMN snap.situations.title_id IS 'The report its title was taken from; null if a person gave it, or if that report is not shown.';
COMMENT ON COLUMN snap.situations.locked IS 'Whether a person fixed its reports: no machine merges or splits it.';
COMMENT ON COLUMN snap.situations.dismissed IS 'Whether a person ruled that it is not to be told; lists, pages and briefs leave it out.';
COMMENT ON COLUMN snap.situations.described_at IS 'The time whose knowledge the description rests on (UTC).';

CREATE TABLE snap.situation_reports (situation_id VARCHAR, report_id VARCHAR, PRIMARY KEY (situation_id, report_id));
COMMENT ON TABLE snap.situation_reports IS 'Which reports belong to which situation. Key: situation_id, report_id.';
COMMENT ON COLUMN snap.situation_reports.situation_id IS 'The situation.';
COMMENT ON COLUMN snap.situation_reports.report_id IS 'A report that belongs to it.';

CREATE TABLE snap.situation_sentences (
    situation_id VARCHAR, number INTEGER, text VARCHAR NOT NULL, report_ids VARCHAR[] NOT NULL,
    PRIMARY KEY (situation_id, number)
);
COMMENT ON TABLE snap.situation_sentences IS 'The summary of each situation as it stands. Key: situation_id, number.';
COMMENT ON COLUMN snap.situation_sentences.situation_id IS 'The situation.';
COMMENT ON COLUMN snap.situation_sentences.number IS 'Counts its sentences from 0.';
COMMENT ON COLUMN snap.situation_sentences.text IS 'The sentence, word for word from the first of its reports.';
COMMENT ON COLUMN snap.situation_sentences.report_ids IS 'The reports that bear it.';

CREATE TABLE snap.situation_history (
    situation_id VARCHAR, number INTEGER, happened_at TIMESTAMPTZ NOT NULL, kind VARCHAR NOT NULL, detail VARCHAR,
    other VARCHAR, by_person BOOLEAN NOT NULL, report_ids VARCHAR[] NOT NULL,
    PRIMARY KEY (situation_id, number)
);
COMMENT ON TABLE snap.situation_history IS 'What became of each situation, also of those that went into another. Key: situation_id, number.';
COMMENT ON COLUMN snap.situation_history.situation_id IS 'The situation.';
COMMENT ON COLUMN snap.situation_history.number IS 'Counts its lines in the order written.';
COMMENT ON COLUMN snap.situation_history.happened_at IS 'When (UTC).';
COMMENT ON COLUMN snap.situation_history.kind IS 'opened, discovered, joined (took another in), merged (went into another), split (lost reports to another), parted (began with another''s reports), revived, closed, retitled, told or untold (a sentence entered or left its summary), ruled or unruled.';
COMMENT ON COLUMN snap.situation_history.detail IS 'In words, or the words that entered or left; counts are over the reports shown.';
COMMENT ON COLUMN snap.situation_history.other IS 'The situation it took in, went into, lost reports to or began with; null for none.';
COMMENT ON COLUMN snap.situation_history.by_person IS 'Whether a person''s ruling did it, not the machine.';
COMMENT ON COLUMN snap.situation_history.report_ids IS 'The reports it concerned, where it did not concern all.';

CREATE TABLE snap.situation_moves (number BIGINT PRIMARY KEY, report_id VARCHAR NOT NULL, moved_at TIMESTAMPTZ NOT NULL, situation_id VARCHAR);
COMMENT ON TABLE snap.situation_moves IS 'Every change of membership: the last move of each report up to a moment tells the state of that moment. Key: number.';
COMMENT ON COLUMN snap.situation_moves.number IS 'Counts moves in the order made.';
COMMENT ON COLUMN snap.situation_moves.report_id IS 'The report.';
COMMENT ON COLUMN snap.situation_moves.moved_at IS 'From when on (UTC).';
COMMENT ON COLUMN snap.situation_moves.situation_id IS 'The situation it belonged to from then on; null if to none.';

CREATE TABLE snap.rulings (
    id VARCHAR PRIMARY KEY, ruled_at TIMESTAMPTZ NOT NULL, kind VARCHAR NOT NULL, situation_id VARCHAR NOT NULL, report_ids VARCHAR[] NOT NULL,
    other VARCHAR, other_ids VARCHAR[] NOT NULL, title VARCHAR, reason VARCHAR, undone_at TIMESTAMPTZ
);
COMMENT ON TABLE snap.rulings IS 'What people decided about situations; holds in every later run until it is undone. Key: id.';
COMMENT ON COLUMN snap.rulings.id IS 'The ruling.';
COMMENT ON COLUMN snap.rulings.ruled_at IS 'When (UTC).';
COMMENT ON COLUMN snap.rulings.kind IS 'merge, split, rename, lock or dismiss.';
COMMENT ON COLUMN snap.rulings.situation_id IS 'The situation it is about.';
COMMENT ON COLUMN snap.rulings.report_ids IS 'The reports that the situation held when it was ruled.';
COMMENT ON COLUMN snap.rulings.other IS 'The situation merged into it, or split off it; null for none.';
COMMENT ON COLUMN snap.rulings.other_ids IS 'The reports of that other one.';
COMMENT ON COLUMN snap.rulings.title IS 'The new title; null if it is not about one.';
COMMENT ON COLUMN snap.rulings.reason IS 'Why, in the words of whoever ruled.';
COMMENT ON COLUMN snap.rulings.undone_at IS 'When it was taken back (UTC); null while it holds.';

CREATE TABLE snap.forecasts (
    id VARCHAR PRIMARY KEY, situation_id VARCHAR NOT NULL, metric VARCHAR NOT NULL, issued_at TIMESTAMPTZ NOT NULL, deadline TIMESTAMPTZ NOT NULL,
    mean DOUBLE NOT NULL, low90 BIGINT NOT NULL, low50 BIGINT NOT NULL, high50 BIGINT NOT NULL, high90 BIGINT NOT NULL,
    threshold BIGINT NOT NULL, probability DOUBLE NOT NULL, statement VARCHAR NOT NULL, evidence VARCHAR[] NOT NULL,
    resolved_at TIMESTAMPTZ, observed BIGINT, came_true BOOLEAN, brier DOUBLE
);
COMMENT ON TABLE snap.forecasts IS 'Forecasts as they were made and, once due, what happened. Key: id.';
COMMENT ON COLUMN snap.forecasts.id IS 'The forecast.';
COMMENT ON COLUMN snap.forecasts.situation_id IS 'The situation it is about.';
COMMENT ON COLUMN snap.forecasts.metric IS 'What is counted: reports or origins.';
COMMENT ON COLUMN snap.forecasts.issued_at IS 'When it was made (UTC).';
COMMENT ON COLUMN snap.forecasts.deadline IS 'End of the window it is about (UTC).';
COMMENT ON COLUMN snap.forecasts.mean IS 'Count expected.';
COMMENT ON COLUMN snap.forecasts.low90 IS 'Lower end of the central 90 % interval.';
COMMENT ON COLUMN snap.forecasts.low50 IS 'Lower end of the central 50 % interval.';
COMMENT ON COLUMN snap.forecasts.high50 IS 'Upper end of the central 50 % interval.';
COMMENT ON COLUMN snap.forecasts.high90 IS 'Upper end of the central 90 % interval.';
COMMENT ON COLUMN snap.forecasts.threshold IS 'The statement holds if the count is at least this.';
COMMENT ON COLUMN snap.forecasts.probability IS 'Chance that the statement comes true, 0 to 1.';
COMMENT ON COLUMN snap.forecasts.statement IS 'The statement in words.';
COMMENT ON COLUMN snap.forecasts.evidence IS 'Reports it rests on.';
COMMENT ON COLUMN snap.forecasts.resolved_at IS 'When it was scored (UTC); null until then.';
COMMENT ON COLUMN snap.forecasts.observed IS 'Count observed; null where it is over reports that are not shown.';
COMMENT ON COLUMN snap.forecasts.came_true IS 'Whether the statement came true.';
COMMENT ON COLUMN snap.forecasts.brier IS 'Brier score: squared distance of the probability from what happened.';

CREATE TABLE snap.statements (
    id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, subject VARCHAR NOT NULL, detail VARCHAR, issued_at TIMESTAMPTZ NOT NULL, deadline TIMESTAMPTZ NOT NULL,
    metric VARCHAR NOT NULL, threshold BIGINT NOT NULL, source VARCHAR NOT NULL, rule VARCHAR NOT NULL, text VARCHAR NOT NULL, evidence VARCHAR[] NOT NULL,
    probability DOUBLE, latest_probability DOUBLE, people_probability DOUBLE, resolved_at TIMESTAMPTZ, observed BIGINT, came_true BOOLEAN, void BOOLEAN NOT NULL
);
COMMENT ON TABLE snap.statements IS 'Statements that resolve by themselves, as they were published, and what became of them. Key: id.';
COMMENT ON COLUMN snap.statements.id IS 'The statement.';
COMMENT ON COLUMN snap.statements.kind IS 'reports, origins, place, escalation, condition or obstacle.';
COMMENT ON COLUMN snap.statements.subject IS 'The situation, place or objective it is about.';
COMMENT ON COLUMN snap.statements.detail IS 'The condition or obstacle it is about; null for counts.';
COMMENT ON COLUMN snap.statements.issued_at IS 'When it was published (UTC).';
COMMENT ON COLUMN snap.statements.deadline IS 'When it is settled (UTC).';
COMMENT ON COLUMN snap.statements.metric IS 'What is measured.';
COMMENT ON COLUMN snap.statements.threshold IS 'It comes true when the measured value is at least this.';
COMMENT ON COLUMN snap.statements.source IS 'Where the value comes from.';
COMMENT ON COLUMN snap.statements.rule IS 'How it is settled, and when it is void.';
COMMENT ON COLUMN snap.statements.text IS 'The statement in words.';
COMMENT ON COLUMN snap.statements.evidence IS 'Reports it rests on.';
COMMENT ON COLUMN snap.statements.probability IS 'Chance that it comes true, 0 to 1, when it was published.';
COMMENT ON COLUMN snap.statements.latest_probability IS 'The same when it was last worked out.';
COMMENT ON COLUMN snap.statements.people_probability IS 'What partners and coordinator together held at last; null until it is settled, or where nobody said.';
COMMENT ON COLUMN snap.statements.resolved_at IS 'When it was settled (UTC); null until then.';
COMMENT ON COLUMN snap.statements.observed IS 'The value measured; null where it is over reports that are not shown, or void.';
COMMENT ON COLUMN snap.statements.came_true IS 'Whether it came true; null while it is open, or void.';
COMMENT ON COLUMN snap.statements.void IS 'Whether its rule made it void.';

CREATE TABLE snap.suggestions (
    id VARCHAR PRIMARY KEY, objective_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, issued_at TIMESTAMPTZ NOT NULL, since TIMESTAMPTZ NOT NULL,
    obstacle_before VARCHAR[] NOT NULL, obstacle_after VARCHAR[] NOT NULL, probability DOUBLE NOT NULL,
    evidence VARCHAR[] NOT NULL, origins INTEGER NOT NULL, source_kinds INTEGER NOT NULL,
    against VARCHAR[] NOT NULL, against_why VARCHAR, would_change VARCHAR,
    required_strengths VARCHAR[] NOT NULL, missing_strengths VARCHAR[] NOT NULL, uncovered_strengths VARCHAR[] NOT NULL,
    members STRUCT(partner_id VARCHAR, name VARCHAR, covers VARCHAR[], reason VARCHAR)[] NOT NULL, reason VARCHAR
);
COMMENT ON TABLE snap.suggestions IS 'Advice given, with its evidence. Key: id.';
COMMENT ON COLUMN snap.suggestions.id IS 'The suggestion.';
COMMENT ON COLUMN snap.suggestions.objective_id IS 'The objective it serves.';
COMMENT ON COLUMN snap.suggestions.kind IS 'pivot, new_coalition, expand, watch, wind_down or hold.';
COMMENT ON COLUMN snap.suggestions.issued_at IS 'When it was given (UTC).';
COMMENT ON COLUMN snap.suggestions.since IS 'When the obstacle changed (UTC).';
COMMENT ON COLUMN snap.suggestions.obstacle_before IS 'What stood in the way before.';
COMMENT ON COLUMN snap.suggestions.obstacle_after IS 'What stands in the way now.';
COMMENT ON COLUMN snap.suggestions.probability IS 'How likely that it has changed, 0 to 1.';
COMMENT ON COLUMN snap.suggestions.evidence IS 'Reports that speak for it.';
COMMENT ON COLUMN snap.suggestions.origins IS 'Independent origins that speak for it.';
COMMENT ON COLUMN snap.suggestions.source_kinds IS 'Different sorts of source that speak for it.';
COMMENT ON COLUMN snap.suggestions.against IS 'Reports that speak against it.';
COMMENT ON COLUMN snap.suggestions.against_why IS 'What speaks against it.';
COMMENT ON COLUMN snap.suggestions.would_change IS 'What would change it.';
COMMENT ON COLUMN snap.suggestions.required_strengths IS 'Strengths the new obstacle asks for.';
COMMENT ON COLUMN snap.suggestions.missing_strengths IS 'Those the coalition lacks today.';
COMMENT ON COLUMN snap.suggestions.uncovered_strengths IS 'Those nobody proposed brings.';
COMMENT ON COLUMN snap.suggestions.members IS 'Partners proposed, and why.';
COMMENT ON COLUMN snap.suggestions.reason IS 'Why this advice.';

CREATE TABLE snap.suggestion_cards (
    suggestion_id VARCHAR PRIMARY KEY, confidence VARCHAR NOT NULL, confidence_why VARCHAR NOT NULL, expires_at TIMESTAMPTZ NOT NULL, finding VARCHAR,
    questions STRUCT(question VARCHAR, answer VARCHAR, reason VARCHAR)[] NOT NULL,
    alternatives STRUCT(members STRUCT(partner_id VARCHAR, name VARCHAR, covers VARCHAR[], reason VARCHAR)[], shared VARCHAR[])[] NOT NULL,
    only_team VARCHAR,
    left_out STRUCT(partner_id VARCHAR, name VARCHAR, why VARCHAR, strengths VARCHAR[], reason VARCHAR)[] NOT NULL, flips VARCHAR[] NOT NULL
);
COMMENT ON TABLE snap.suggestion_cards IS 'What stands on the card of a suggestion besides itself. Key: suggestion_id.';
COMMENT ON COLUMN snap.suggestion_cards.suggestion_id IS 'The suggestion.';
COMMENT ON COLUMN snap.suggestion_cards.confidence IS 'How much and how good evidence there is: low, moderate or high.';
COMMENT ON COLUMN snap.suggestion_cards.confidence_why IS 'What that rests on.';
COMMENT ON COLUMN snap.suggestion_cards.expires_at IS 'Until when it may be decided (UTC).';
COMMENT ON COLUMN snap.suggestion_cards.finding IS 'shift, no_progress, several, weak_signal or fallen; null where none was stated.';
COMMENT ON COLUMN snap.suggestion_cards.questions IS 'The five go/no-go questions, the answer to each (yes, no, unknown), and why.';
COMMENT ON COLUMN snap.suggestion_cards.alternatives IS 'Other teams that cover as much, and which of their members are in the proposed one too.';
COMMENT ON COLUMN snap.suggestion_cards.only_team IS 'Why there are fewer than two other teams.';
COMMENT ON COLUMN snap.suggestion_cards.left_out IS 'Partners that came near and are not proposed, and why.';
COMMENT ON COLUMN snap.suggestion_cards.flips IS 'The fewest reports without which too little would be left to act on; those that are not shown are left out.';

CREATE TABLE snap.decisions (
    id VARCHAR PRIMARY KEY, decided_at TIMESTAMPTZ NOT NULL, suggestion_id VARCHAR NOT NULL, verdict VARCHAR NOT NULL, reason VARCHAR,
    until TIMESTAMPTZ, undone_at TIMESTAMPTZ, holds BOOLEAN NOT NULL
);
COMMENT ON TABLE snap.decisions IS 'What coordinators decided on suggestions. Key: id.';
COMMENT ON COLUMN snap.decisions.id IS 'The decision.';
COMMENT ON COLUMN snap.decisions.decided_at IS 'When (UTC).';
COMMENT ON COLUMN snap.decisions.suggestion_id IS 'The suggestion.';
COMMENT ON COLUMN snap.decisions.verdict IS 'accept, reject or defer.';
COMMENT ON COLUMN snap.decisions.reason IS 'Why, in the words of whoever decided.';
COMMENT ON COLUMN snap.decisions.until IS 'When one that is put off is to be looked at again (UTC); null: when its card expires.';
COMMENT ON COLUMN snap.decisions.undone_at IS 'When it was taken back (UTC); null while it was not.';
COMMENT ON COLUMN snap.decisions.holds IS 'Whether it is the one that holds: the latest of its suggestion that was not taken back.';

CREATE TABLE snap.objectives (
    id VARCHAR PRIMARY KEY, statement VARCHAR NOT NULL, conditions STRUCT(
        id VARCHAR, statement VARCHAR, strengths VARCHAR[], needs VARCHAR[], needs_any BOOLEAN, decider VARCHAR,
        signs STRUCT(statement VARCHAR, "by" DATE)[], signs_against VARCHAR[], obstacles VARCHAR[]
    )[] NOT NULL,
    members VARCHAR[] NOT NULL, strengths VARCHAR[] NOT NULL, description VARCHAR
);
COMMENT ON TABLE snap.objectives IS 'What coalitions want and how they think it will come about. Key: id.';
COMMENT ON COLUMN snap.objectives.id IS 'The objective.';
COMMENT ON COLUMN snap.objectives.statement IS 'What is wanted.';
COMMENT ON COLUMN snap.objectives.conditions IS 'Theory of change: what must hold, in order.';
COMMENT ON COLUMN snap.objectives.members IS 'Partners in the coalition today.';
COMMENT ON COLUMN snap.objectives.strengths IS 'Strengths the coalition has today.';
COMMENT ON COLUMN snap.objectives.description IS 'More about it, in its owner''s words.';

CREATE TABLE snap.conditions (
    objective_id VARCHAR, condition_id VARCHAR, number INTEGER NOT NULL, statement VARCHAR NOT NULL, decider VARCHAR, needs VARCHAR[] NOT NULL,
    needs_any BOOLEAN NOT NULL, breaks VARCHAR[] NOT NULL, standing VARCHAR NOT NULL, weighed_at TIMESTAMPTZ, log_odds DOUBLE, low DOUBLE, high DOUBLE,
    probability DOUBLE, origins_for INTEGER NOT NULL, origins_against INTEGER NOT NULL, supports VARCHAR[] NOT NULL, opposes VARCHAR[] NOT NULL,
    since TIMESTAMPTZ, overdue VARCHAR[] NOT NULL, rank INTEGER, because VARCHAR[] NOT NULL, PRIMARY KEY (objective_id, condition_id)
);
COMMENT ON TABLE snap.conditions IS 'The conditions of each theory of change and how they stand, weighed over the reports shown. Key: objective_id, condition_id.';
COMMENT ON COLUMN snap.conditions.objective_id IS 'The objective.';
COMMENT ON COLUMN snap.conditions.condition_id IS 'The condition.';
COMMENT ON COLUMN snap.conditions.number IS 'Its place in the theory of change, from 0.';
COMMENT ON COLUMN snap.conditions.statement IS 'What must hold.';
COMMENT ON COLUMN snap.conditions.decider IS 'Whose decision it is.';
COMMENT ON COLUMN snap.conditions.needs IS 'Conditions that it rests on.';
COMMENT ON COLUMN snap.conditions.needs_any IS 'Whether any one of these is enough.';
COMMENT ON COLUMN snap.conditions.breaks IS 'Kinds of obstacle that would break it, stated or derived from its meaning.';
COMMENT ON COLUMN snap.conditions.standing IS 'holding, doubtful, failing or unknown.';
COMMENT ON COLUMN snap.conditions.weighed_at IS 'As of when (UTC); null if it has not been weighed.';
COMMENT ON COLUMN snap.conditions.log_odds IS 'Natural log-odds that it holds.';
COMMENT ON COLUMN snap.conditions.low IS 'Lower end of their 90 % interval.';
COMMENT ON COLUMN snap.conditions.high IS 'Upper end of their 90 % interval.';
COMMENT ON COLUMN snap.conditions.probability IS 'The same as a probability, 0 to 1.';
COMMENT ON COLUMN snap.conditions.origins_for IS 'Independent origins that speak for it.';
COMMENT ON COLUMN snap.conditions.origins_against IS 'Independent origins that speak against it.';
COMMENT ON COLUMN snap.conditions.supports IS 'One report of each origin for it, the strongest first.';
COMMENT ON COLUMN snap.conditions.opposes IS 'One report of each origin against it, the strongest first.';
COMMENT ON COLUMN snap.conditions.since IS 'From when on it has stood so (UTC).';
COMMENT ON COLUMN snap.conditions.overdue IS 'Expected signs that nobody has reported in time.';
COMMENT ON COLUMN snap.conditions.rank IS 'Counts broken links from 1, the root first; null if it is not broken.';
COMMENT ON COLUMN snap.conditions.because IS 'Broken conditions that explain this one.';

CREATE TABLE snap.condition_weeks (
    objective_id VARCHAR, condition_id VARCHAR, week TIMESTAMPTZ, log_odds DOUBLE NOT NULL, low DOUBLE NOT NULL, high DOUBLE NOT NULL,
    origins INTEGER NOT NULL, PRIMARY KEY (objective_id, condition_id, week)
);
COMMENT ON TABLE snap.condition_weeks IS 'The log-odds of each condition at the end of each week. Key: objective_id, condition_id, week.';
COMMENT ON COLUMN snap.condition_weeks.objective_id IS 'The objective.';
COMMENT ON COLUMN snap.condition_weeks.condition_id IS 'Its condition.';
COMMENT ON COLUMN snap.condition_weeks.week IS 'Start of the week (UTC).';
COMMENT ON COLUMN snap.condition_weeks.log_odds IS 'Natural log-odds at its end that the condition holds.';
COMMENT ON COLUMN snap.condition_weeks.low IS 'Lower end of their 90 % interval.';
COMMENT ON COLUMN snap.condition_weeks.high IS 'Upper end of their 90 % interval.';
COMMENT ON COLUMN snap.condition_weeks.origins IS 'Independent origins that counted at its end.';

CREATE TABLE snap.bearings (
    objective_id VARCHAR, condition_id VARCHAR, report_id VARCHAR, lean DOUBLE NOT NULL, sentence VARCHAR NOT NULL, sign VARCHAR,
    PRIMARY KEY (objective_id, condition_id, report_id)
);
COMMENT ON TABLE snap.bearings IS 'What a report says of a condition. Key: objective_id, condition_id, report_id.';
COMMENT ON COLUMN snap.bearings.objective_id IS 'The objective.';
COMMENT ON COLUMN snap.bearings.condition_id IS 'Its condition.';
COMMENT ON COLUMN snap.bearings.report_id IS 'The report.';
COMMENT ON COLUMN snap.bearings.lean IS 'Above 0 up to 1: for the condition; below 0 down to -1: against it.';
COMMENT ON COLUMN snap.bearings.sentence IS 'The sentence that says so, word for word.';
COMMENT ON COLUMN snap.bearings.sign IS 'The expected sign that it tells of.';

CREATE TABLE snap.partners (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, strengths VARCHAR[] NOT NULL, countries VARCHAR[] NOT NULL, languages VARCHAR[] NOT NULL,
    time_zone VARCHAR, tier VARCHAR NOT NULL, capacity INTEGER, away_until DATE, conflicts VARCHAR[] NOT NULL, reach VARCHAR[] NOT NULL
);
COMMENT ON TABLE snap.partners IS 'Organisations that could act. Key: id.';
COMMENT ON COLUMN snap.partners.id IS 'The partner.';
COMMENT ON COLUMN snap.partners.name IS 'Its name.';
COMMENT ON COLUMN snap.partners.strengths IS 'What it is good at.';
COMMENT ON COLUMN snap.partners.countries IS 'Where it works (ISO 3166-1 alpha-2).';
COMMENT ON COLUMN snap.partners.languages IS 'Languages it works in (ISO 639-1).';
COMMENT ON COLUMN snap.partners.time_zone IS 'Its time zone (IANA name).';
COMMENT ON COLUMN snap.partners.tier IS 'How near it is to the coalition.';
COMMENT ON COLUMN snap.partners.capacity IS 'Asks it can take in 30 days; null if not stated.';
COMMENT ON COLUMN snap.partners.away_until IS 'Not to be asked before this day; null if it can be asked.';
COMMENT ON COLUMN snap.partners.conflicts IS 'Partners it must not sit with.';
COMMENT ON COLUMN snap.partners.reach IS 'Deciders and audiences that listen to it.';

CREATE TABLE snap.obstacle_mix (
    objective_id VARCHAR, week TIMESTAMPTZ, obstacle VARCHAR, weight DOUBLE NOT NULL, origins INTEGER NOT NULL,
    PRIMARY KEY (objective_id, week, obstacle)
);
COMMENT ON TABLE snap.obstacle_mix IS 'What stands in the way of each objective, week by week. Key: objective_id, week, obstacle.';
COMMENT ON COLUMN snap.obstacle_mix.objective_id IS 'The objective.';
COMMENT ON COLUMN snap.obstacle_mix.week IS 'Start of the week (UTC).';
COMMENT ON COLUMN snap.obstacle_mix.obstacle IS 'Type of obstacle.';
COMMENT ON COLUMN snap.obstacle_mix.weight IS 'Its weight that week, counted by independent origins.';
COMMENT ON COLUMN snap.obstacle_mix.origins IS 'Independent origins that week, all obstacles together.';

CREATE TABLE snap.briefs (
    id VARCHAR PRIMARY KEY, as_of TIMESTAMPTZ NOT NULL, previous_id VARCHAR, mark VARCHAR NOT NULL, title VARCHAR NOT NULL,
    situation_ids VARCHAR[] NOT NULL, files VARCHAR[] NOT NULL
);
COMMENT ON TABLE snap.briefs IS 'Briefs that were published. Key: id.';
COMMENT ON COLUMN snap.briefs.id IS 'The brief.';
COMMENT ON COLUMN snap.briefs.as_of IS 'The time whose knowledge it tells (UTC).';
COMMENT ON COLUMN snap.briefs.previous_id IS 'The brief before; null for the first.';
COMMENT ON COLUMN snap.briefs.mark IS 'Traffic Light Protocol mark: the strictest of what it cites.';
COMMENT ON COLUMN snap.briefs.title IS 'Its heading.';
COMMENT ON COLUMN snap.briefs.situation_ids IS 'Situations it tells of, in order.';
COMMENT ON COLUMN snap.briefs.files IS 'Names of its files in the folder of briefs.';

CREATE TABLE snap.brief_citations (brief_id VARCHAR, report_id VARCHAR, number INTEGER NOT NULL, PRIMARY KEY (brief_id, report_id));
COMMENT ON TABLE snap.brief_citations IS 'Which reports each brief cites. Key: brief_id, report_id.';
COMMENT ON COLUMN snap.brief_citations.brief_id IS 'The brief.';
COMMENT ON COLUMN snap.brief_citations.report_id IS 'A report it cites.';
COMMENT ON COLUMN snap.brief_citations.number IS 'Its place in the brief''s list of reports, from 0.';
