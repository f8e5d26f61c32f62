from flows.scores import record
from store.forecasts import Kind, Scored
from store.told import Record


def test_statements_are_scored_beside_always_saying_how_often_each_kind_comes_true() -> None:
    said = [(Kind.REPORTS, 0.9, True), (Kind.REPORTS, 0.2, False), (Kind.PLACE, 0.5, True), (Kind.PLACE, 0.55, True)]
    found = record([Scored(probability=held, came_true=true, kind=kind, subject="s", days=7) for kind, held, true in said], 3)
    assert (found.settled, found.came_true, found.open, found.void) == (4, 3, 3, 0)
    assert found.brier == round((0.01 + 0.04 + 0.25 + 0.2025) / 4, 3)
    assert found.usual == round(2 * 0.25 / 4, 3)
    assert [(tenth.count, tenth.said, tenth.happened) for tenth in found.tenths] == [(1, 0.2, 0.0), (2, 0.525, 1.0), (1, 0.9, 1.0)]


def test_where_nothing_was_settled_only_what_waits_and_lapsed_is_counted() -> None:
    assert record([], 3, 2) == Record(open=3, void=2)
