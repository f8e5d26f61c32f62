"""View -> Scoreboard: how earlier forecasts did, in plain words."""

import math

from reports import wording
from reports.tell import facts
from reports.tell.view import View, cite, say
from store.records import Fact, Forecast, Resolution, Sentence
from store.told import Scoreboard

SHOWN = 8


def scoreboard(seen: View) -> Scoreboard:
    """Count the resolved forecasts, their truth and mean Brier score; tell each likelihood word's record and the latest outcomes."""
    pairs = _resolved(seen)
    if not pairs:
        return Scoreboard(due=0, came_true=0, brier=None)
    resolutions = [resolution for _, resolution in pairs]
    return Scoreboard(
        due=len(pairs),
        came_true=sum(resolution.came_true for resolution in resolutions),
        brier=round(math.fsum(resolution.brier for resolution in resolutions) / len(pairs), 3),
        lines=tuple(line for line in (*_by_word(seen, pairs), *_latest(seen, pairs)) if line.report_ids),
    )


def _resolved(seen: View) -> list[tuple[Forecast, Resolution]]:
    forecasts = {forecast.id: forecast for forecast in seen.material.forecasts}
    known = [resolution for resolution in seen.material.resolutions if resolution.resolved_at <= seen.material.as_of]
    known.sort(key=lambda each: (each.resolved_at, each.forecast_id))
    return [(forecasts[each.forecast_id], each) for each in known if each.forecast_id in forecasts]


def _borne_by(seen: View, forecast: Forecast) -> tuple[str, ...]:
    about = [rid for situation in seen.situations if situation.id == forecast.situation_id for rid in situation.report_ids]
    return cite(seen, forecast.evidence) or cite(seen, about)


def _by_word(seen: View, pairs: list[tuple[Forecast, Resolution]]) -> list[Sentence]:
    lines = []
    for word in sorted({seen.material.likelihood(forecast.probability) for forecast, _ in pairs}):
        said = [(forecast, resolution) for forecast, resolution in pairs if seen.material.likelihood(forecast.probability) == word]
        true = sum(resolution.came_true for _, resolution in said)
        record = Fact(kind="score.record", about=word, text=f"{true} of {wording.counted(len(said), 'time')}")
        ids = tuple(dict.fromkeys(rid for forecast, _ in said for rid in _borne_by(seen, forecast)[:1]))[:4]
        lines.append(say(ids, "Where we said “", Fact(kind="score.word", about=word, text=word), "” it came true ", record, "."))
    return lines


def _latest(seen: View, pairs: list[tuple[Forecast, Resolution]]) -> list[Sentence]:
    titles = {situation.id: situation for situation in seen.situations}
    newest = sorted(pairs, key=lambda pair: (pair[1].resolved_at, pair[0].id), reverse=True)
    shown = [(forecast, resolution) for forecast, resolution in newest if forecast.situation_id in titles][:SHOWN]
    return [_outcome(seen, forecast, resolution) for forecast, resolution in shown]


def _outcome(seen: View, forecast: Forecast, resolution: Resolution) -> Sentence:
    situation = next(each for each in seen.situations if each.id == forecast.situation_id)
    claim = [facts.of_forecast(seen, forecast, kind) for kind in ("issued", "threshold", "deadline", "chance")]
    observed, outcome = (facts.of_resolution(forecast, resolution, kind) for kind in ("observed", "outcome"))
    title = facts.of_situation(seen, situation, "title")
    said = ("“", title, "”: said on ", claim[0], ", ", claim[1], " by ", claim[2], ", ", claim[3])
    return say(_borne_by(seen, forecast), *said, "; seen: ", observed, "; it ", outcome, ".")
