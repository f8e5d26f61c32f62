CREATE TABLE briefs (
    id VARCHAR PRIMARY KEY, as_of TIMESTAMPTZ NOT NULL, previous_id VARCHAR NOT NULL, mark VARCHAR NOT NULL, title VARCHAR NOT NULL,
    situation_ids VARCHAR[] NOT NULL, paths MAP(VARCHAR, VARCHAR) NOT NULL
);
COMMENT ON TABLE briefs IS 'Briefs that were published.';
COMMENT ON COLUMN briefs.id IS 'Its id.';
COMMENT ON COLUMN briefs.as_of IS 'The time whose knowledge it tells (UTC).';
COMMENT ON COLUMN briefs.previous_id IS 'The brief before; empty for the first.';
COMMENT ON COLUMN briefs.mark IS 'Traffic Light Protocol mark: the strictest of what it cites.';
COMMENT ON COLUMN briefs.title IS 'Its heading.';
COMMENT ON COLUMN briefs.situation_ids IS 'Situations it tells of, in order.';
COMMENT ON COLUMN briefs.paths IS 'Its files, by format.';

CREATE TABLE brief_citations (brief_id VARCHAR, report_id VARCHAR, number INTEGER NOT NULL, PRIMARY KEY (brief_id, report_id));
COMMENT ON TABLE brief_citations IS 'Which reports each brief cites.';
COMMENT ON COLUMN brief_citations.brief_id IS 'The brief.';
COMMENT ON COLUMN brief_citations.report_id IS 'A report it cites.';
COMMENT ON COLUMN brief_citations.number IS 'Its place in the brief''s list of reports, from 0.';
