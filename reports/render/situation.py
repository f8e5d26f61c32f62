"""Living -> one HTML file: no script, no outside request, rewritten in place; and the page that lists them all."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports import wording
from reports.draw.counts import counts
from reports.draw.figures import figures
from reports.draw.life import life, told
from reports.draw.map import draw_map
from reports.living import Living
from reports.render.html import PRINTED, codes, environment


def render(page: Living, *, linked: bool = False) -> str:
    """Render the page of a situation; all text of others is escaped and set apart, as in the brief. `linked`: the pages of others lie beside it."""
    number = {report.id: position for position, report in enumerate(page.reports, 1)}
    return (
        environment()
        .get_template("situation.html.j2")
        .render(
            page=page,
            situation=page.card.situation,
            number=number,
            report={report.id: report for report in page.reports},
            code=codes(page),
            life=life(page),
            chart=counts(page.card),
            ranges=figures(page.card, number),
            map=draw_map(page.card.places),
            log=[(position, line, told(line, page)) for position, line in reversed(page.lines)],
            quoted=wording.QUOTED,
            arrows=wording.ARROWS,
            key=", ".join(f"{arrow} {trend}" for trend, arrow in wording.ARROWS.items()),
            reading=wording.READING[:3],
            printed=PRINTED,
            linked=linked,
        )
    )


def render_index(situations: Sequence[Mapping[str, Any]], ungrouped: int) -> str:
    """Render the list of situations in the order given, each with a link to its page beside this one; `ungrouped` reports are counted below it."""
    return environment().get_template("situations.html.j2").render(situations=situations, alone=wording.alone(ungrouped), arrows=wording.ARROWS)


def render_gone(situation_id: str, into: str, title: str) -> str:
    """Render what stands in the place of a situation that went into another, so that its address goes on leading somewhere."""
    return environment().get_template("gone.html.j2").render(id=situation_id, into=into, title=title)
