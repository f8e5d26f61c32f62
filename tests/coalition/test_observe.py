"""What partners show in their own reports."""

from coalition.observe import Heard, observe


def test_what_reporters_call_theirs_is_a_strength_and_what_they_report_on_is_none() -> None:
    texts = [
        "Our lawyers filed the appeal. The court heard the laboratory.",
        "Nos médiateurs ont parlé.",
        "In our mobile laboratory lead was found.",
        "Lawyers met elders.",
    ]
    found = observe(Heard(partner_id="a", origin_id=f"o{n}", text=text) for n, text in enumerate(texts))
    assert {o.strength for o in found} == {"legal expertise", "mediation", "testing and laboratory"}
    assert {o.origins for o in found} == {1}


def test_copies_of_one_report_count_once_and_many_weigh_more() -> None:
    text = "Our interpreters were there."
    copies = observe([Heard(partner_id="a", origin_id="o1", text=text)] * 5)
    several = observe(Heard(partner_id="a", origin_id=f"o{n}", text=text) for n in range(4))
    assert [(o.origins, round(o.weight, 2)) for o in copies] == [(1, 0.33)]
    assert [(o.origins, round(o.weight, 2)) for o in several] == [(4, 0.67)]


def test_nothing_is_seen_in_nothing() -> None:
    assert observe([Heard(partner_id="a", origin_id="o", text="our")]) == ()
    assert observe([]) == ()
