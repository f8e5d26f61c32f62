CREATE TABLE objectives_anew (
    id VARCHAR PRIMARY KEY, statement VARCHAR NOT NULL,
    conditions STRUCT(
        id VARCHAR, statement VARCHAR, strengths VARCHAR[], needs VARCHAR[], needs_any BOOLEAN, decider VARCHAR,
        signs STRUCT(statement VARCHAR, "by" DATE)[], signs_against VARCHAR[], obstacles VARCHAR[]
    )[] NOT NULL,
    members VARCHAR[] NOT NULL, strengths VARCHAR[] NOT NULL, description VARCHAR NOT NULL
);
INSERT INTO objectives_anew SELECT id, statement, list_transform(conditions, lambda one: struct_pack(
    id := one.id, statement := one.statement, strengths := one.strengths, needs := []::VARCHAR[], needs_any := false, decider := '',
    signs := []::STRUCT(statement VARCHAR, "by" DATE)[], signs_against := []::VARCHAR[], obstacles := []::VARCHAR[]
)), members, strengths, description FROM objectives;
DROP TABLE objectives;
ALTER TABLE objectives_anew RENAME TO objectives;
COMMENT ON TABLE objectives IS 'What a coalition wants and how it thinks it will come about.';
COMMENT ON COLUMN objectives.id IS 'Its owner''s id.';
COMMENT ON COLUMN objectives.statement IS 'What is wanted.';
COMMENT ON COLUMN objectives.members IS 'Partners in the coalition today.';
COMMENT ON COLUMN objectives.strengths IS 'Strengths the coalition has today.';
COMMENT ON COLUMN objectives.description IS 'More about it, in its owner''s words.';
COMMENT ON COLUMN objectives.conditions IS 'Theory of change: what must hold, what each condition needs, whose decision it is, its signs, what would break it.';

CREATE TABLE heard_out (objective_id VARCHAR, report_id VARCHAR, basis VARCHAR NOT NULL, PRIMARY KEY (objective_id, report_id));
COMMENT ON TABLE heard_out IS 'Which reports have been held against the conditions of which objective.';
COMMENT ON COLUMN heard_out.objective_id IS 'The objective.';
COMMENT ON COLUMN heard_out.report_id IS 'The report.';
COMMENT ON COLUMN heard_out.basis IS 'Mark of the wording, table and encoder it was done with; another mark: to be done again.';

CREATE TABLE bearings (
    objective_id VARCHAR, condition_id VARCHAR, report_id VARCHAR,
    lean DOUBLE NOT NULL, sentence VARCHAR NOT NULL, sign VARCHAR NOT NULL,
    PRIMARY KEY (objective_id, condition_id, report_id)
);
COMMENT ON TABLE bearings IS 'What a report says of a condition of an objective.';
COMMENT ON COLUMN bearings.objective_id IS 'The objective.';
COMMENT ON COLUMN bearings.condition_id IS 'Its condition.';
COMMENT ON COLUMN bearings.report_id IS 'The report.';
COMMENT ON COLUMN bearings.lean IS 'Above 0 up to 1: for the condition; below 0 down to -1: against it.';
COMMENT ON COLUMN bearings.sentence IS 'The sentence that says so, word for word.';
COMMENT ON COLUMN bearings.sign IS 'The expected sign that it tells of; empty for none.';

CREATE TABLE condition_standings (
    objective_id VARCHAR, condition_id VARCHAR, weighed_at TIMESTAMPTZ, open BOOLEAN,
    number INTEGER NOT NULL, standing VARCHAR NOT NULL, log_odds DOUBLE NOT NULL, low DOUBLE NOT NULL, high DOUBLE NOT NULL, probability DOUBLE NOT NULL,
    origins_for INTEGER NOT NULL, origins_against INTEGER NOT NULL, supports VARCHAR[] NOT NULL, opposes VARCHAR[] NOT NULL,
    since TIMESTAMPTZ, overdue VARCHAR[] NOT NULL, rank INTEGER NOT NULL, because VARCHAR[] NOT NULL, breaks VARCHAR[] NOT NULL,
    PRIMARY KEY (objective_id, condition_id, weighed_at, open)
);
COMMENT ON TABLE condition_standings IS 'How each condition stood each time it was weighed.';
COMMENT ON COLUMN condition_standings.objective_id IS 'The objective.';
COMMENT ON COLUMN condition_standings.condition_id IS 'Its condition.';
COMMENT ON COLUMN condition_standings.weighed_at IS 'As of when (UTC).';
COMMENT ON COLUMN condition_standings.open IS 'Whether only reports that may be shown were weighed, or all.';
COMMENT ON COLUMN condition_standings.number IS 'Its place among the conditions, from 0.';
COMMENT ON COLUMN condition_standings.standing IS 'holding, doubtful, failing or unknown.';
COMMENT ON COLUMN condition_standings.log_odds IS 'Natural log-odds that it holds.';
COMMENT ON COLUMN condition_standings.low IS 'Lower end of their 90 % interval.';
COMMENT ON COLUMN condition_standings.high IS 'Upper end of their 90 % interval.';
COMMENT ON COLUMN condition_standings.probability IS 'The same as a probability, 0 to 1.';
COMMENT ON COLUMN condition_standings.origins_for IS 'Independent origins that speak for it.';
COMMENT ON COLUMN condition_standings.origins_against IS 'Independent origins that speak against it.';
COMMENT ON COLUMN condition_standings.supports IS 'One report of each origin for it, the strongest first.';
COMMENT ON COLUMN condition_standings.opposes IS 'One report of each origin against it, the strongest first.';
COMMENT ON COLUMN condition_standings.since IS 'From when on it has stood so (UTC); null where nothing was heard.';
COMMENT ON COLUMN condition_standings.overdue IS 'Expected signs that nobody has reported in time.';
COMMENT ON COLUMN condition_standings.rank IS 'Counts broken links from 1, the root first; 0 if it is not broken.';
COMMENT ON COLUMN condition_standings.because IS 'Broken conditions that explain this one.';
COMMENT ON COLUMN condition_standings.breaks IS 'Kinds of obstacle that would break it, stated or derived from its meaning.';

CREATE TABLE condition_weeks (
    objective_id VARCHAR, condition_id VARCHAR, week TIMESTAMPTZ, open BOOLEAN,
    log_odds DOUBLE NOT NULL, low DOUBLE NOT NULL, high DOUBLE NOT NULL, origins INTEGER NOT NULL,
    PRIMARY KEY (objective_id, condition_id, week, open)
);
COMMENT ON TABLE condition_weeks IS 'The log-odds of each condition, week by week, by what is known now of what was said by then.';
COMMENT ON COLUMN condition_weeks.objective_id IS 'The objective.';
COMMENT ON COLUMN condition_weeks.condition_id IS 'Its condition.';
COMMENT ON COLUMN condition_weeks.week IS 'Start of the week (UTC).';
COMMENT ON COLUMN condition_weeks.open IS 'Whether only reports that may be shown were weighed, or all.';
COMMENT ON COLUMN condition_weeks.log_odds IS 'Natural log-odds at its end that the condition holds.';
COMMENT ON COLUMN condition_weeks.low IS 'Lower end of their 90 % interval.';
COMMENT ON COLUMN condition_weeks.high IS 'Upper end of their 90 % interval.';
COMMENT ON COLUMN condition_weeks.origins IS 'Independent origins that counted at its end.';
