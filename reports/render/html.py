"""Brief -> one HTML file: no script, no outside request, every citation a link to the report at the foot of the page."""

import re
from collections import Counter
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports import wording
from reports.draw.counts import counts
from reports.draw.map import draw_map
from reports.draw.mix import mix
from reports.draw.svg import Figure
from store.records import Brief, Forecast, Place, PlaceCount, Sentence, SituationCard, Trend

ARROWS = {Trend.EMERGING: "▲", Trend.GROWING: "↗", Trend.STEADY: "→", Trend.FADING: "↘", Trend.DORMANT: "·"}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
PRINTED = 1_500


def render(brief: Brief) -> str:
    """Render the brief; all text of others is escaped and set apart (<bdi>), so that nothing in it can act or reorder the page."""
    return (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            number={report.id: position for position, report in enumerate(brief.reports, 1)},
            report={report.id: report for report in brief.reports},
            chart={card.situation.id: counts(card) for card in brief.situations},
            mixes=[(card, mix(card.mix, f"m{position}-")) for position, card in enumerate(brief.objectives)],
            map=_map(brief),
            arrows=ARROWS,
            advice=wording.ADVICE,
            decisions=wording.DECISIONS,
            reading=wording.READING,
            printed=PRINTED,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("reports"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters |= {
        "day": wording.day,
        "counted": wording.counted,
        "visible": wording.visible,
        "lang": _language,
        "plain": wording.plain,
        "far": _far,
        "pieces": _pieces,
        "record": wording.record,
    }
    environment.tests["web"] = lambda url: url.startswith(("http://", "https://"))
    return environment


def _language(code: str) -> str:
    return code if LANGUAGE.fullmatch(code) else ""


def _pieces(sentence: Sentence) -> list[tuple[str, bool]]:
    """Cut a computed sentence into plain words and facts (True), so that each fact can be set apart: a title may turn its direction."""
    pieces, rest = [], sentence.text
    for fact in sentence.facts:
        before, found, after = rest.partition(fact.text)
        if found:
            pieces += [(before, False), (found, True)]
            rest = after
    return [*pieces, (rest, False)]


def _far(card: SituationCard) -> str:
    """Word the longest-reaching forecast of reports for the table."""
    reaching: list[Forecast] = [forecast for forecast in card.forecasts if forecast.metric == "reports"]
    last = max(reaching, key=lambda forecast: forecast.deadline, default=None)
    return f"{last.low90}–{last.high90} in {wording.horizon(last)} d" if last else "–"


def _map(brief: Brief) -> Figure | None:
    places: dict[str, Place] = {}
    totals: Counter[str] = Counter()
    for mark in (mark for card in brief.situations for mark in card.places):
        places[mark.place.id] = mark.place
        totals[mark.place.id] += mark.reports
    return draw_map([PlaceCount(place=places[key], reports=totals[key]) for key in sorted(totals)])
