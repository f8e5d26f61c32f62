CREATE TABLE forecasts (
    number BIGINT NOT NULL UNIQUE, id VARCHAR PRIMARY KEY, situation_id VARCHAR NOT NULL, metric VARCHAR NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL, deadline TIMESTAMPTZ NOT NULL,
    mean DOUBLE NOT NULL, low90 BIGINT NOT NULL, low50 BIGINT NOT NULL, high50 BIGINT NOT NULL, high90 BIGINT NOT NULL,
    threshold BIGINT NOT NULL, probability DOUBLE NOT NULL, statement VARCHAR NOT NULL, evidence VARCHAR[] NOT NULL,
    previous_hash VARCHAR NOT NULL, hash VARCHAR NOT NULL
);
COMMENT ON TABLE forecasts IS 'The ledger: forecasts as they were made; rows are only ever added, each sealed by a hash over itself and the one before.';
COMMENT ON COLUMN forecasts.number IS 'Place in the ledger, from 1.';
COMMENT ON COLUMN forecasts.id IS 'Its id.';
COMMENT ON COLUMN forecasts.situation_id IS 'The situation it is about.';
COMMENT ON COLUMN forecasts.metric IS 'What is counted: reports or origins.';
COMMENT ON COLUMN forecasts.issued_at IS 'When it was made (UTC).';
COMMENT ON COLUMN forecasts.deadline IS 'End of the window it is about (UTC).';
COMMENT ON COLUMN forecasts.mean IS 'Count expected.';
COMMENT ON COLUMN forecasts.low90 IS 'Lower end of the central 90 % interval.';
COMMENT ON COLUMN forecasts.low50 IS 'Lower end of the central 50 % interval.';
COMMENT ON COLUMN forecasts.high50 IS 'Upper end of the central 50 % interval.';
COMMENT ON COLUMN forecasts.high90 IS 'Upper end of the central 90 % interval.';
COMMENT ON COLUMN forecasts.threshold IS 'The statement holds if the count is at least this.';
COMMENT ON COLUMN forecasts.probability IS 'Chance that the statement comes true, 0 to 1.';
COMMENT ON COLUMN forecasts.statement IS 'The statement in words.';
COMMENT ON COLUMN forecasts.evidence IS 'Reports it rests on.';
COMMENT ON COLUMN forecasts.previous_hash IS 'Hash of the forecast before; empty for the first.';
COMMENT ON COLUMN forecasts.hash IS 'SHA-256 of previous_hash and this row.';

CREATE TABLE resolutions (
    forecast_id VARCHAR PRIMARY KEY, resolved_at TIMESTAMPTZ NOT NULL, observed BIGINT NOT NULL, came_true BOOLEAN NOT NULL, brier DOUBLE NOT NULL
);
COMMENT ON TABLE resolutions IS 'What happened to forecasts that fell due; rows are only ever added.';
COMMENT ON COLUMN resolutions.forecast_id IS 'The forecast.';
COMMENT ON COLUMN resolutions.resolved_at IS 'When it was scored (UTC).';
COMMENT ON COLUMN resolutions.observed IS 'Count observed.';
COMMENT ON COLUMN resolutions.came_true IS 'Whether the statement came true.';
COMMENT ON COLUMN resolutions.brier IS 'Brier score: squared distance of the probability from what happened.';
