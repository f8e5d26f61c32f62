from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from forecast.statements import plain, sentence, statement_id, threshold

ISSUED = datetime(2031, 5, 1, tzinfo=UTC)
DUE = ISSUED + timedelta(days=7)


@given(st.floats(0.05, 500), st.floats(0.15, 20))
def test_no_other_threshold_is_nearer_to_one_half(mean: float, size: float) -> None:
    least, chance = threshold(mean, size)
    every = nbinom.sf([k - 1 for k in range(1, least + 50)], size, size / (size + mean))
    assert least >= 1
    assert 0 <= chance <= 1
    assert abs(chance - 0.5) <= min(abs(float(c) - 0.5) for c in every) + 1e-12


def test_a_statement_says_what_how_much_on_what_and_by_when() -> None:
    said = sentence("origins", 3, "Korvala bridge closed", ISSUED, DUE)
    assert said == "At least 3 independent origins report on “Korvala bridge closed” after 1 May 2031 and by 8 May 2031."
    assert sentence("origins", 1, "X", ISSUED, DUE).startswith("At least 1 independent origin reports on “X” after")
    assert sentence("reports", 2, "X", ISSUED, DUE) == "At least 2 reports are received on “X” after 1 May 2031 and by 8 May 2031."
    assert sentence("reports", 1, "", ISSUED, DUE) == "At least 1 report is received after 1 May 2031 and by 8 May 2031."


def test_the_hour_is_told_when_it_is_not_midnight_and_always_in_utc() -> None:
    assert plain(datetime(2031, 5, 1, 1, 30, tzinfo=timezone(timedelta(hours=3)))) == "30 April 2031, 22:30 UTC"


def test_an_id_depends_on_what_the_statement_is_about_and_not_on_the_zone() -> None:
    elsewhere = timezone(timedelta(hours=5))
    assert statement_id("s1", "origins", ISSUED, DUE) == statement_id("s1", "origins", ISSUED.astimezone(elsewhere), DUE.astimezone(elsewhere))
    ids = {statement_id(s, m, ISSUED, d) for s in ("s1", "s2") for m in ("origins", "reports") for d in (DUE, ISSUED)}
    assert len(ids) == 8
