CREATE TABLE objectives (
    id VARCHAR PRIMARY KEY, statement VARCHAR NOT NULL,
    conditions STRUCT(id VARCHAR, statement VARCHAR, strengths VARCHAR[])[] NOT NULL,
    members VARCHAR[] NOT NULL, strengths VARCHAR[] NOT NULL, description VARCHAR NOT NULL
);
COMMENT ON TABLE objectives IS 'What a coalition wants and how it thinks it will come about.';
COMMENT ON COLUMN objectives.id IS 'Its owner''s id.';
COMMENT ON COLUMN objectives.statement IS 'What is wanted.';
COMMENT ON COLUMN objectives.conditions IS 'Theory of change: what must hold, in order.';
COMMENT ON COLUMN objectives.members IS 'Partners in the coalition today.';
COMMENT ON COLUMN objectives.strengths IS 'Strengths the coalition has today.';
COMMENT ON COLUMN objectives.description IS 'More about it, in its owner''s words.';

CREATE TABLE partners (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, strengths VARCHAR[] NOT NULL,
    countries VARCHAR[] NOT NULL, languages VARCHAR[] NOT NULL, time_zone VARCHAR NOT NULL, tier VARCHAR NOT NULL
);
COMMENT ON TABLE partners IS 'Organisations that could act.';
COMMENT ON COLUMN partners.id IS 'Its id.';
COMMENT ON COLUMN partners.name IS 'Its name.';
COMMENT ON COLUMN partners.strengths IS 'What it is good at.';
COMMENT ON COLUMN partners.countries IS 'Where it works (ISO 3166-1 alpha-2).';
COMMENT ON COLUMN partners.languages IS 'Languages it works in (ISO 639-1).';
COMMENT ON COLUMN partners.time_zone IS 'Its time zone (IANA name).';
COMMENT ON COLUMN partners.tier IS 'How near it is to the coalition.';

CREATE TABLE obstacle_mix (
    objective_id VARCHAR, week TIMESTAMPTZ, obstacle VARCHAR,
    weight DOUBLE NOT NULL, origins INTEGER NOT NULL,
    PRIMARY KEY (objective_id, week, obstacle)
);
COMMENT ON TABLE obstacle_mix IS 'What stands in the way of each objective, week by week.';
COMMENT ON COLUMN obstacle_mix.objective_id IS 'The objective.';
COMMENT ON COLUMN obstacle_mix.week IS 'Start of the week (UTC).';
COMMENT ON COLUMN obstacle_mix.obstacle IS 'Type of obstacle.';
COMMENT ON COLUMN obstacle_mix.weight IS 'Its weight that week, counted by independent origins.';
COMMENT ON COLUMN obstacle_mix.origins IS 'Independent origins that week, all obstacles together.';

CREATE TABLE suggestions (
    id VARCHAR PRIMARY KEY, objective_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, issued_at TIMESTAMPTZ NOT NULL,
    obstacle_before VARCHAR[] NOT NULL, obstacle_after VARCHAR[] NOT NULL, since TIMESTAMPTZ NOT NULL,
    probability DOUBLE NOT NULL, evidence VARCHAR[] NOT NULL, origins INTEGER NOT NULL, source_kinds INTEGER NOT NULL,
    against VARCHAR[] NOT NULL, against_why VARCHAR NOT NULL, would_change VARCHAR NOT NULL,
    required_strengths VARCHAR[] NOT NULL, missing_strengths VARCHAR[] NOT NULL, uncovered_strengths VARCHAR[] NOT NULL,
    members STRUCT(partner_id VARCHAR, name VARCHAR, covers VARCHAR[], reason VARCHAR)[] NOT NULL, reason VARCHAR NOT NULL
);
COMMENT ON TABLE suggestions IS 'Advice given, with its evidence; rows are only ever added.';
COMMENT ON COLUMN suggestions.id IS 'Its id.';
COMMENT ON COLUMN suggestions.objective_id IS 'The objective it serves.';
COMMENT ON COLUMN suggestions.kind IS 'pivot, new_coalition, expand, watch, wind_down or hold.';
COMMENT ON COLUMN suggestions.issued_at IS 'When it was given (UTC).';
COMMENT ON COLUMN suggestions.obstacle_before IS 'What stood in the way before.';
COMMENT ON COLUMN suggestions.obstacle_after IS 'What stands in the way now.';
COMMENT ON COLUMN suggestions.since IS 'When it changed (UTC).';
COMMENT ON COLUMN suggestions.probability IS 'How likely that it has changed, 0 to 1.';
COMMENT ON COLUMN suggestions.evidence IS 'Reports that speak for it.';
COMMENT ON COLUMN suggestions.origins IS 'Independent origins among them.';
COMMENT ON COLUMN suggestions.source_kinds IS 'Different sorts of source among them.';
COMMENT ON COLUMN suggestions.against IS 'Reports that speak against it.';
COMMENT ON COLUMN suggestions.against_why IS 'What speaks against it.';
COMMENT ON COLUMN suggestions.would_change IS 'What would change it.';
COMMENT ON COLUMN suggestions.required_strengths IS 'Strengths the new obstacle asks for.';
COMMENT ON COLUMN suggestions.missing_strengths IS 'Those the coalition lacks today.';
COMMENT ON COLUMN suggestions.uncovered_strengths IS 'Those nobody proposed brings.';
COMMENT ON COLUMN suggestions.members IS 'Partners proposed, and why.';
COMMENT ON COLUMN suggestions.reason IS 'Why this advice.';
