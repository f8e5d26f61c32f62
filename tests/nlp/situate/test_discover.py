from nlp.situate.assign import rebuild
from nlp.situate.discover import LEAST_REPORTS, discover
from nlp.situate.live import Live
from tests.nlp.situate.streams import clue, stream


def test_reports_alike_in_meaning_alone_become_situations() -> None:
    clues = stream(4, 30, topics=3, copies=0.0, dimension=16)
    live = rebuild([(c, "") for c in clues])
    moves, history = discover(live)
    assert len(moves) > 20
    assert {h.kind for h in history} == {"discovered"}
    assert all(live.traces[one.report_id].home == one.situation_id for one in moves)


def test_too_few_reports_and_those_without_a_vector_give_nothing() -> None:
    few = stream(4, LEAST_REPORTS - 1, copies=0.0, dimension=16)
    assert discover(rebuild([(c, "") for c in few])) == ((), ())
    assert discover(rebuild([(clue(f"n{i}", f"no vector {i}"), "") for i in range(12)])) == ((), ())
    assert discover(Live()) == ((), ())
