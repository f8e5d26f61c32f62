-- The one rule of what is shown: a report marked TLP:RED is not, nor anything that hangs on it.
CREATE OR REPLACE TEMP VIEW shown AS SELECT * FROM reports WHERE sensitivity <> 'red';
CREATE OR REPLACE TEMP VIEW shown_members AS
    SELECT situation_id, report_id, said_at FROM situation_seen JOIN shown ON shown.id = report_id SEMI JOIN situations ON situations.id = situation_id;
-- A situation may be named once a report that is shown has ever been in it, also after it went into another.
CREATE OR REPLACE TEMP VIEW held AS
    SELECT situation_id FROM shown_members UNION SELECT situation_id FROM situation_moves SEMI JOIN shown ON shown.id = report_id WHERE situation_id <> '';
-- What was counted over all reports of a situation tells of those that are not shown, wherever it holds or held one.
CREATE OR REPLACE TEMP VIEW partly_shown AS
    SELECT situation_id FROM (SELECT situation_id, report_id FROM situation_seen UNION SELECT situation_id, report_id FROM situation_moves)
    ANTI JOIN shown ON shown.id = report_id;
CREATE OR REPLACE TEMP MACRO only_shown(ids) AS (
    SELECT coalesce(list(id ORDER BY position), []) FROM (SELECT unnest(ids) AS id, generate_subscripts(ids, 1) AS position) WHERE id IN (SELECT id FROM shown)
);
CREATE OR REPLACE TEMP MACRO only_shown_situations(ids) AS (
    SELECT coalesce(list(id ORDER BY position), []) FROM (SELECT unnest(ids) AS id, generate_subscripts(ids, 1) AS position)
    WHERE id IN (SELECT situation_id FROM shown_members)
);
CREATE OR REPLACE TEMP MACRO names_withheld(words) AS EXISTS (
    SELECT 1 FROM (SELECT unnest(regexp_extract_all(words, 'r[a-z2-7]{15}')) AS named) JOIN reports ON reports.id = named WHERE sensitivity = 'red'
);

INSERT INTO snap.reports BY NAME
SELECT shown.* EXCLUDE (content_hash) REPLACE (
    nullif(publisher, '') AS publisher, CASE WHEN channel <> 'mail' THEN key END AS key, nullif(title, '') AS title,
    nullif(coalesce(readings.language, shown.language), '') AS language, nullif(place, '') AS place,
    nullif(confidence, '') AS confidence, nullif(url, '') AS url
), readings.report_id IS NOT NULL AS understood, coalesce(readings.degraded, []) AS degraded
FROM shown LEFT JOIN readings ON readings.report_id = shown.id ORDER BY shown.id;

INSERT INTO snap.entities BY NAME SELECT * FROM entities SEMI JOIN shown ON shown.id = report_id ORDER BY report_id, number;

INSERT INTO snap.report_places BY NAME
SELECT * REPLACE (nullif(runner_up_id, '') AS runner_up_id) FROM report_places SEMI JOIN shown ON shown.id = report_id ORDER BY report_id, number;

INSERT INTO snap.figures BY NAME
SELECT * REPLACE (nullif(of_what, '') AS of_what, nullif(place_id, '') AS place_id)
FROM figures SEMI JOIN shown ON shown.id = report_id ORDER BY report_id, number;

INSERT INTO snap.dates BY NAME SELECT * FROM dates SEMI JOIN shown ON shown.id = report_id ORDER BY report_id, number;

INSERT INTO snap.places BY NAME
SELECT places.* REPLACE (nullif(country, '') AS country, nullif(admin1, '') AS admin1, nullif(admin2, '') AS admin2, nullif(population, 0) AS population)
FROM places SEMI JOIN (
    SELECT place_id FROM snap.report_places UNION SELECT runner_up_id FROM snap.report_places UNION SELECT place_id FROM snap.figures
) used ON used.place_id = places.id ORDER BY id;

INSERT INTO snap.obstacles BY NAME SELECT * FROM obstacles SEMI JOIN shown ON shown.id = report_id ORDER BY report_id, number;

-- Where the earliest report of an origin is not shown, the earliest one that is shown stands for it; so too where a report that others revise is not.
INSERT INTO snap.origins BY NAME
SELECT shown.id AS report_id, CASE WHEN NOT names_withheld(reason) THEN nullif(reason, '') END AS reason,
       first_value(shown.id) OVER (PARTITION BY coalesce(origin_id, shown.id) ORDER BY shown.said_at, shown.id) AS origin_id,
       CASE WHEN revised.id IS NOT NULL THEN revised.id
            WHEN revision_of <> '' THEN nullif(first_value(shown.id) OVER (PARTITION BY revision_of ORDER BY shown.said_at, shown.id), shown.id) END AS revision_of
FROM shown LEFT JOIN origins ON origins.report_id = shown.id LEFT JOIN shown revised ON revised.id = revision_of ORDER BY shown.id;

-- A name that a report not shown bears too might be spelt only there, and the reason might quote it.
INSERT INTO snap.names BY NAME
WITH linked AS (
    SELECT name_links.*, text, label FROM name_links JOIN entities USING (report_id, number) SEMI JOIN shown ON shown.id = report_id
), spelt AS (
    SELECT name_id, list(DISTINCT text) AS texts, max_by(text, (length(text), text)) AS longest,
           name_id IN (SELECT name_id FROM name_links ANTI JOIN shown ON shown.id = report_id) AS withheld
    FROM linked GROUP BY name_id
)
SELECT linked.* REPLACE (
    CASE WHEN withheld AND NOT list_contains(texts, canonical) THEN longest ELSE canonical END AS canonical,
    CASE WHEN NOT withheld THEN nullif(reason, '') END AS reason
)
FROM linked JOIN spelt USING (name_id) ORDER BY report_id, number;

INSERT INTO snap.source_grades BY NAME
SELECT * REPLACE (CASE WHEN NOT names_withheld(reason) THEN nullif(reason, '') END AS reason) FROM source_grades
WHERE source IN (SELECT source FROM shown UNION SELECT publisher FROM shown) ORDER BY source, graded_at;

INSERT INTO snap.report_grades BY NAME
SELECT * REPLACE (CASE WHEN NOT names_withheld(reason) THEN nullif(reason, '') END AS reason)
FROM report_grades SEMI JOIN shown ON shown.id = report_id ORDER BY report_id;

-- What was put right in words that only a report not shown says hangs on that report.
INSERT INTO snap.corrections BY NAME
WITH hidden AS (
    SELECT DISTINCT c.id, c.words FROM (SELECT id, strip_accents(lower(text)) AS words FROM corrections) c
    JOIN (SELECT strip_accents(lower(concat_ws(' ', title, text, place))) AS said FROM reports ANTI JOIN shown USING (id)) ON contains(said, words)
), open AS (
    SELECT DISTINCT hidden.id FROM hidden JOIN (SELECT strip_accents(lower(concat_ws(' ', title, text, place))) AS said FROM shown) ON contains(said, words)
)
SELECT corrections.* EXCLUDE (corrected_by) REPLACE (
    nullif(right_id, '') AS right_id, nullif(report_id, '') AS report_id, CASE WHEN NOT names_withheld(reason) THEN nullif(reason, '') END AS reason
)
FROM corrections
WHERE (corrections.report_id = '' OR corrections.report_id IN (SELECT id FROM shown)) AND id NOT IN (SELECT id FROM hidden ANTI JOIN open USING (id))
ORDER BY corrected_at, id;

INSERT INTO snap.situation_reports BY NAME SELECT situation_id, report_id FROM shown_members ORDER BY situation_id, report_id;

-- A voice is heard in what it was first to say, as the brief ranks; what it says on a day on which it says more than twenty things of a situation is a flood
-- and not heard. Where one voice tells all there is, as a table of messages from the public does, its origins are counted instead.
CREATE OR REPLACE TEMP VIEW calm AS
SELECT situation_id, said_at, CASE WHEN single THEN report_id ELSE voice END AS voice
FROM snap.situation_reports JOIN snap.origins USING (report_id)
JOIN (SELECT id AS report_id, said_at, coalesce(publisher, source) AS voice FROM snap.reports) USING (report_id),
    (SELECT count(DISTINCT coalesce(publisher, source)) = 1 AS single FROM snap.reports JOIN snap.origins ON report_id = id AND origin_id = id)
WHERE revision_of IS NULL
QUALIFY report_id = origin_id AND (single OR count(*) OVER (PARTITION BY situation_id, voice, date_trunc('day', said_at)) <= 20);

-- Origins and carriers are counted in store/snapshot.py, by the one function that counts them everywhere.
INSERT INTO snap.situations BY NAME
WITH members AS (
    SELECT situation_id, min(said_at) AS first_at, max(said_at) AS last_at, count(*) AS reports
    FROM shown_members GROUP BY situation_id
), heard AS (
    SELECT situation_id, max(said_at) AS heard_at, count(DISTINCT voice) FILTER (said_at > since) AS voices_of_late
    FROM calm, (SELECT max(described_at) - INTERVAL 7 DAYS AS since FROM situations SEMI JOIN members ON members.situation_id = situations.id)
    GROUP BY situation_id
), named AS (
    SELECT situation_id, list(DISTINCT place_id) AS place_ids FROM shown_members JOIN snap.report_places USING (report_id) GROUP BY situation_id
)
SELECT situations.* REPLACE (
    CASE WHEN situations.id NOT IN (SELECT situation_id FROM partly_shown) THEN nullif(reason, '') END AS reason,
    CASE WHEN title_id = '' OR title_id IN (SELECT id FROM shown) THEN title ELSE 'Situation ' || situations.id END AS title,
    CASE WHEN title_id IN (SELECT id FROM shown) THEN title_id END AS title_id,
    list_filter(situations.place_ids, lambda place: list_contains(coalesce(named.place_ids, []), place)) AS place_ids
), first_at, last_at, reports, 0 AS origins, 0 AS carriers, coalesce(voices_of_late, 0) AS voices_of_late, coalesce(heard_at, first_at) AS heard_at
FROM situations JOIN members ON members.situation_id = situations.id
LEFT JOIN named ON named.situation_id = situations.id LEFT JOIN heard ON heard.situation_id = situations.id ORDER BY situations.id;

INSERT INTO snap.situation_sentences BY NAME
SELECT said.* REPLACE (only_shown(said.report_ids) AS report_ids) FROM situation_sentences said SEMI JOIN snap.situations s ON s.id = said.situation_id
WHERE said.report_ids[1] IN (SELECT id FROM shown) ORDER BY situation_id, number;

-- A line that concerned only reports not shown, or that tells their words, hangs on them; so does one that names a situation not shown. Reports are counted
-- anew, over those shown.
INSERT INTO snap.situation_history BY NAME
WITH lines AS (SELECT h.*, only_shown(h.report_ids) AS open_ids FROM situation_history h SEMI JOIN held USING (situation_id))
SELECT situation_id, row_number() OVER (PARTITION BY situation_id ORDER BY number) AS number, happened_at, kind, CASE
    WHEN len(open_ids) > 0 AND regexp_full_match(detail, '[0-9]+ reports?') THEN len(open_ids) || if(len(open_ids) = 1, ' report', ' reports')
    WHEN kind NOT IN ('closed', 'revived') OR situation_id NOT IN (SELECT situation_id FROM partly_shown) THEN nullif(detail, '') END AS detail,
    nullif(other, '') AS other, ruled_by <> '' AS by_person, open_ids AS report_ids
FROM lines
WHERE NOT names_withheld(lines.detail) AND (lines.other = '' OR lines.other IN (SELECT situation_id FROM held)) AND CASE lines.kind
    WHEN 'retitled' THEN len(open_ids) = len(lines.report_ids)
    WHEN 'told' THEN lines.report_ids[1] IS NOT DISTINCT FROM open_ids[1]
    WHEN 'untold' THEN lines.report_ids[1] IS NOT DISTINCT FROM open_ids[1]
    ELSE len(lines.report_ids) = 0 OR len(open_ids) > 0 END
ORDER BY situation_id, number;

INSERT INTO snap.situation_moves BY NAME
SELECT row_number() OVER (ORDER BY number) AS number, report_id, moved_at, nullif(situation_id, '') AS situation_id
FROM situation_moves SEMI JOIN shown ON shown.id = report_id ORDER BY number;

INSERT INTO snap.rulings BY NAME
SELECT id, ruled_at, kind, situation_id, only_shown(rulings.report_ids) AS report_ids, nullif(other, '') AS other,
       only_shown(rulings.other_ids) AS other_ids, nullif(title, '') AS title, CASE WHEN NOT names_withheld(reason) THEN nullif(reason, '') END AS reason, undone_at
FROM rulings SEMI JOIN held USING (situation_id) WHERE rulings.other = '' OR rulings.other IN (SELECT situation_id FROM held) ORDER BY ruled_at, id;

-- The words of a statement hold the title that a situation had then, which may be a sentence of a report that is not shown.
INSERT INTO snap.forecasts BY NAME
SELECT forecasts.* EXCLUDE (number, previous_hash, hash) REPLACE (
    only_shown(evidence) AS evidence,
    CASE WHEN forecasts.situation_id NOT IN (SELECT situation_id FROM partly_shown) THEN statement
        ELSE 'At least ' || threshold || ' ' || metric || ' of situation ' || forecasts.situation_id END AS statement
), resolutions.* EXCLUDE (forecast_id) REPLACE (
    CASE WHEN forecasts.situation_id NOT IN (SELECT situation_id FROM partly_shown) THEN observed END AS observed
)
FROM forecasts LEFT JOIN resolutions ON forecast_id = id SEMI JOIN snap.situations s ON s.id = situation_id ORDER BY id;

-- What people held is private: shown are the probabilities of the model, and once it is settled the one of all people together.
INSERT INTO snap.statements BY NAME
SELECT s.* EXCLUDE (number, previous_hash, hash) REPLACE (
        only_shown(s.evidence) AS evidence, nullif(s.detail, '') AS detail,
        CASE WHEN s.subject NOT IN (SELECT situation_id FROM partly_shown) THEN s.text
            ELSE 'At least ' || s.threshold || ' ' || s.metric || ': ' || s.subject END AS text
    ),
    held.probability, held.latest_probability, held.people_probability, o.resolved_at, o.came_true, o.resolved_at IS NOT NULL AND o.came_true IS NULL AS void,
    CASE WHEN s.subject NOT IN (SELECT situation_id FROM partly_shown) THEN o.observed END AS observed
FROM statements s
LEFT JOIN outcomes o ON o.statement_id = s.id
LEFT JOIN (
    SELECT statement_id, arg_min(probability, number) FILTER (WHERE held_by = 'model') AS probability,
        arg_max(probability, number) FILTER (WHERE held_by = 'model') AS latest_probability, any_value(probability) FILTER (WHERE held_by = 'together') AS people_probability
    FROM odds GROUP BY statement_id
) held ON held.statement_id = s.id
WHERE s.kind IN ('place', 'condition', 'obstacle') OR s.subject IN (SELECT id FROM snap.situations) ORDER BY s.id;

INSERT INTO snap.suggestions BY NAME
SELECT suggestions.* REPLACE (
    only_shown(evidence) AS evidence, only_shown(against) AS against,
    nullif(against_why, '') AS against_why, nullif(would_change, '') AS would_change, nullif(reason, '') AS reason
)
FROM suggestions WHERE len(suggestions.evidence) = 0 OR len(only_shown(suggestions.evidence)) > 0 ORDER BY id;

INSERT INTO snap.suggestion_cards BY NAME
SELECT suggestion_cards.* REPLACE (nullif(only_team, '') AS only_team, only_shown(flips) AS flips)
FROM suggestion_cards SEMI JOIN snap.suggestions ON suggestions.id = suggestion_id ORDER BY suggestion_id;

-- Who decided is not shown; nor is anything of what partners were asked or answered, which the warehouse does not hold.
INSERT INTO snap.decisions BY NAME
SELECT id, decided_at, suggestion_id, verdict, CASE WHEN NOT names_withheld(reason) THEN nullif(reason, '') END AS reason, until, undone_at,
       undone_at IS NULL AND row_number() OVER (PARTITION BY suggestion_id ORDER BY undone_at IS NULL DESC, number DESC) = 1 AS holds
FROM decisions WHERE suggestion_id IN (SELECT id FROM snap.suggestions) ORDER BY decided_at, id;

INSERT INTO snap.objectives BY NAME SELECT * REPLACE (nullif(description, '') AS description) FROM objectives ORDER BY id;

-- Weighed over the reports that are shown alone: what the others say must not be told by a log-odds either.
INSERT INTO snap.conditions BY NAME
WITH told AS (
    SELECT id AS objective_id, generate_subscripts(conditions, 1)::INTEGER - 1 AS number, unnest(conditions) AS one FROM objectives
), stood AS (
    FROM condition_standings WHERE open QUALIFY weighed_at = max(weighed_at) OVER (PARTITION BY objective_id)
)
SELECT told.objective_id, one.id AS condition_id, told.number, one.statement, nullif(one.decider, '') AS decider, one.needs, one.needs_any,
       coalesce(breaks, one.obstacles) AS breaks, coalesce(standing, 'unknown') AS standing, weighed_at, log_odds, low, high, probability,
       coalesce(origins_for, 0) AS origins_for, coalesce(origins_against, 0) AS origins_against, coalesce(supports, []) AS supports,
       coalesce(opposes, []) AS opposes, since, coalesce(overdue, []) AS overdue, nullif(rank, 0) AS rank, coalesce(because, []) AS because
FROM told LEFT JOIN stood ON stood.objective_id = told.objective_id AND stood.condition_id = one.id ORDER BY told.objective_id, told.number;

INSERT INTO snap.condition_weeks BY NAME
SELECT condition_weeks.* EXCLUDE (open) FROM condition_weeks SEMI JOIN snap.conditions USING (objective_id, condition_id)
WHERE open ORDER BY objective_id, condition_id, week;

INSERT INTO snap.bearings BY NAME
SELECT bearings.* REPLACE (nullif(sign, '') AS sign) FROM bearings SEMI JOIN snap.conditions USING (objective_id, condition_id)
SEMI JOIN shown ON shown.id = report_id ORDER BY objective_id, condition_id, report_id;

INSERT INTO snap.partners BY NAME SELECT * REPLACE (nullif(time_zone, '') AS time_zone) FROM partners ORDER BY id;

INSERT INTO snap.obstacle_mix BY NAME SELECT * FROM obstacle_mix ORDER BY objective_id, week, obstacle;

INSERT INTO snap.briefs BY NAME
SELECT id, as_of, nullif(previous_id, '') AS previous_id, mark, title,
       only_shown_situations(situation_ids) AS situation_ids,
       list_sort(list_transform(map_values(paths), lambda file: parse_filename(file))) AS files
FROM briefs ORDER BY id;

INSERT INTO snap.brief_citations BY NAME SELECT * FROM brief_citations SEMI JOIN shown ON shown.id = report_id ORDER BY brief_id, number;
