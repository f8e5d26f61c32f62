"""Brief -> one HTML file: no script, no outside request, every citation a link to the report at the foot of the page."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports import admiralty, wording
from reports.draw.chain import draw_chain
from reports.draw.counts import counts
from reports.draw.figures import figures
from reports.draw.map import draw_map
from reports.draw.mix import mix
from reports.draw.odds import odds
from reports.draw.reliability import reliability
from reports.living import Living
from store.records import Credibility, Forecast, Reliability, Sentence
from store.told import Brief, SituationCard

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
PRINTED = 1_500


def render(brief: Brief) -> str:
    """Render the brief; all text of others is escaped and set apart (<bdi>), so that nothing in it can act or reorder the page."""
    number = {report.id: position for position, report in enumerate(brief.reports, 1)}
    return (
        environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            number=number,
            report={report.id: report for report in brief.reports},
            code=codes(brief),
            letter={grade.source: grade for grade in brief.source_grades},
            ranges={card.situation.id: figures(card, number) for card in brief.situations},
            chart={card.situation.id: counts(card) for card in brief.situations},
            mixes=[(card, mix(card.mix, f"m{position}-"), draw_chain(card), odds(card)) for position, card in enumerate(brief.objectives)],
            reliable=reliability(brief.record.tenths) if brief.record.settled >= wording.FEW_SETTLED else None,
            map=draw_map(brief.places),
            arrows=wording.ARROWS,
            advice=wording.ADVICE,
            decisions=wording.DECISIONS,
            marks=wording.MARKS,
            reading=wording.READING,
            printed=PRINTED,
        )
    )


@cache
def environment() -> Environment:
    """Make the templates' environment: everything escaped, nothing undefined."""
    made = Environment(loader=PackageLoader("reports"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    made.filters |= {
        "day": wording.day,
        "place": wording.place,
        "letter": admiralty.letter,
        "judged": admiralty.judged,
        "explained": admiralty.explained,
        "visible": wording.visible,
        "lang": _language,
        "plain": wording.plain,
        "far": _far,
        "pieces": _pieces,
        "record": wording.record,
        "statements": wording.statements,
    }
    made.tests["web"] = lambda url: url.startswith(("http://", "https://"))
    return made


def codes(brief: Brief | Living) -> dict[str, str]:
    """Word the Admiralty code of every report printed: the letter of its voice, its own number."""
    letters = {grade.source: grade.letter for grade in brief.source_grades}
    numbers = {grade.report_id: grade.number for grade in brief.report_grades}
    return {report.id: admiralty.code(letters.get(report.voice, Reliability.F), numbers.get(report.id, Credibility.UNJUDGED)) for report in brief.reports}


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
