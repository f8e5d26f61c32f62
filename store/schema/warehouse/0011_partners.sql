CREATE TABLE partners_anew (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, strengths VARCHAR[] NOT NULL,
    countries VARCHAR[] NOT NULL, languages VARCHAR[] NOT NULL, time_zone VARCHAR NOT NULL, tier VARCHAR NOT NULL,
    capacity INTEGER, away_until DATE, conflicts VARCHAR[] NOT NULL, reach VARCHAR[] NOT NULL
);
INSERT INTO partners_anew SELECT *, NULL, NULL, [], [] FROM partners;
DROP TABLE partners;
ALTER TABLE partners_anew RENAME TO partners;
COMMENT ON TABLE partners IS 'Organisations that could act.';
COMMENT ON COLUMN partners.id IS 'Its id.';
COMMENT ON COLUMN partners.name IS 'Its name.';
COMMENT ON COLUMN partners.strengths IS 'What it is good at.';
COMMENT ON COLUMN partners.countries IS 'Where it works (ISO 3166-1 alpha-2).';
COMMENT ON COLUMN partners.languages IS 'Languages it works in (ISO 639-1).';
COMMENT ON COLUMN partners.time_zone IS 'Its time zone (IANA name).';
COMMENT ON COLUMN partners.tier IS 'core or network.';
COMMENT ON COLUMN partners.capacity IS 'Asks it can take in 30 days; null if not stated.';
COMMENT ON COLUMN partners.away_until IS 'Not to be asked before this day; null if it can be asked.';
COMMENT ON COLUMN partners.conflicts IS 'Partners it must not sit with.';
COMMENT ON COLUMN partners.reach IS 'Deciders and audiences that listen to it.';
