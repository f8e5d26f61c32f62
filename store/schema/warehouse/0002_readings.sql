CREATE TABLE readings (
    report_id VARCHAR PRIMARY KEY,
    language  VARCHAR NOT NULL,
    models    VARCHAR[] NOT NULL,
    degraded  VARCHAR[] NOT NULL
);
COMMENT ON TABLE readings IS 'Which reports have been read, and by what; what was found is in entities, report_places and obstacles.';
COMMENT ON COLUMN readings.report_id IS 'The report that was read.';
COMMENT ON COLUMN readings.language IS 'Language detected (ISO 639-1).';
COMMENT ON COLUMN readings.models IS 'Models that read it.';
COMMENT ON COLUMN readings.degraded IS 'What could not be done, and why.';

CREATE TABLE entities (
    report_id VARCHAR, number INTEGER,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
    text VARCHAR NOT NULL, label VARCHAR NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE entities IS 'Named entities in a report, one row a mention.';
COMMENT ON COLUMN entities.report_id IS 'The report it stands in.';
COMMENT ON COLUMN entities.number IS 'Counts the mentions of one report from 0.';
COMMENT ON COLUMN entities.start_char IS 'First character, counted from 0 in title, line break, text.';
COMMENT ON COLUMN entities.end_char IS 'One past the last character.';
COMMENT ON COLUMN entities.text IS 'The words themselves.';
COMMENT ON COLUMN entities.label IS 'The recogniser''s label, such as PERSON, ORG, GPE.';

CREATE TABLE places (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, country VARCHAR NOT NULL,
    lat DOUBLE NOT NULL, lon DOUBLE NOT NULL,
    admin1 VARCHAR NOT NULL, precision VARCHAR NOT NULL, population BIGINT NOT NULL
);
COMMENT ON TABLE places IS 'Gazetteer entries that reports name.';
COMMENT ON COLUMN places.id IS 'Stable id: gn:... from GeoNames, own:... from your own list.';
COMMENT ON COLUMN places.name IS 'Usual name.';
COMMENT ON COLUMN places.country IS 'Country (ISO 3166-1 alpha-2).';
COMMENT ON COLUMN places.lat IS 'Latitude, degrees (WGS 84).';
COMMENT ON COLUMN places.lon IS 'Longitude, degrees (WGS 84).';
COMMENT ON COLUMN places.admin1 IS 'First administrative division.';
COMMENT ON COLUMN places.precision IS 'What the entry is: exact, town, district, region or country.';
COMMENT ON COLUMN places.population IS 'People living there, 0 if not known.';

CREATE TABLE report_places (
    report_id VARCHAR, number INTEGER,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
    text VARCHAR NOT NULL, place_id VARCHAR NOT NULL, probability DOUBLE NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE report_places IS 'Place names in a report, resolved to a gazetteer entry.';
COMMENT ON COLUMN report_places.report_id IS 'The report it stands in.';
COMMENT ON COLUMN report_places.number IS 'Counts the place names of one report from 0.';
COMMENT ON COLUMN report_places.start_char IS 'First character, counted from 0 in title, line break, text; 0 to 0 means the report''s own place field.';
COMMENT ON COLUMN report_places.end_char IS 'One past the last character.';
COMMENT ON COLUMN report_places.text IS 'The name as written.';
COMMENT ON COLUMN report_places.place_id IS 'The entry in places that is meant.';
COMMENT ON COLUMN report_places.probability IS 'How likely that this entry is meant, 0 to 1.';

CREATE TABLE obstacles (
    report_id VARCHAR, number INTEGER,
    obstacle VARCHAR NOT NULL, state VARCHAR NOT NULL, weight DOUBLE NOT NULL, sentence VARCHAR NOT NULL,
    PRIMARY KEY (report_id, number)
);
COMMENT ON TABLE obstacles IS 'What a report says stands in the way.';
COMMENT ON COLUMN obstacles.report_id IS 'The report that says so.';
COMMENT ON COLUMN obstacles.number IS '0 for the main obstacle of the report, then 1, 2, ...';
COMMENT ON COLUMN obstacles.obstacle IS 'Type: security_access, government_denial, legal, political_will, funding, logistics, information_gap, community_trust, capacity or none.';
COMMENT ON COLUMN obstacles.state IS 'present, or lifted if the text says it has fallen.';
COMMENT ON COLUMN obstacles.weight IS 'How clearly the text says so, 0 to 1.';
COMMENT ON COLUMN obstacles.sentence IS 'The sentence that says so.';

CREATE TABLE embeddings (report_id VARCHAR, model VARCHAR, vector BLOB NOT NULL, PRIMARY KEY (report_id, model));
COMMENT ON TABLE embeddings IS 'A unit vector for each report and model.';
COMMENT ON COLUMN embeddings.report_id IS 'The report.';
COMMENT ON COLUMN embeddings.model IS 'The model that made it.';
COMMENT ON COLUMN embeddings.vector IS 'Little-endian float32 values.';

CREATE TABLE origins (report_id VARCHAR PRIMARY KEY, origin_id VARCHAR NOT NULL, number INTEGER NOT NULL, reason VARCHAR NOT NULL);
COMMENT ON TABLE origins IS 'Reports that repeat one text; a report without a row is its own origin.';
COMMENT ON COLUMN origins.report_id IS 'The report.';
COMMENT ON COLUMN origins.origin_id IS 'The earliest report with the same text.';
COMMENT ON COLUMN origins.number IS '0 for the earliest report, then 1, 2, ... in order of time.';
COMMENT ON COLUMN origins.reason IS 'Why they are held to be one text.';
