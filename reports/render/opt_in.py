"""OwnAsk -> the page of a signed link: what one partner is asked, what it answered, and a form that works without a script."""

from collections.abc import Sequence

from reports.render.html import environment
from store.opt_in import OwnAsk, Passage, Reply

REPLIES = {
    Reply.IN: ("In", "We join, and you may count on us for the above."),
    Reply.IN_IF: ("In, if", "We join on the condition stated below."),
    Reply.OBSERVE: ("Observe", "Keep us informed; count on us for nothing."),
    Reply.OUT: ("Out", "We do not join."),
}


def render_ask(own: OwnAsk, passages: Sequence[Passage], *, wrong: str = "", thanks: bool = False) -> str:
    """Render the page; all text of others is escaped and set apart, and nothing of any other partner is on it."""
    others = [s for s in own.blueprint.required if s not in own.ask.strengths] if own.blueprint else []
    return (
        environment()
        .get_template("ask.html.j2")
        .render(own=own, ask=own.ask, blueprint=own.blueprint, answer=own.answer, passages=passages, replies=REPLIES, others=others, wrong=wrong, thanks=thanks)
    )


def render_closed() -> str:
    """Render what stands where a link leads nowhere; it does not say whether there ever was one."""
    return environment().get_template("no_link.html.j2").render()
