"""The order: what is heard, what it says, what comes next, what to do, how it is told."""

from flows.advise import advise
from flows.brief import brief
from flows.foresee import foresee
from flows.intake import intake
from flows.state import state
from flows.understand import understand
from flows.weigh import weigh_conditions

__all__ = ["advise", "brief", "foresee", "intake", "state", "understand", "weigh_conditions"]
