from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.records import Corroboration
from store.warehouse import Warehouse
from tests.store.samples import origin, rid


@pytest.fixture
def house() -> Iterator[Warehouse]:
    with Warehouse(None) as house:
        yield house


def test_only_later_editions_are_told_to_revise_something(house: Warehouse) -> None:
    house.put_origins([origin("a", "b", "c", revisions=(("b", "a"),)), origin("d", "e")])
    assert house.revisions([rid(name) for name in "abcdez"]) == {rid("b"): rid("a")}
    assert house.revisions([rid("a")]) == house.revisions([]) == {}


def test_what_a_report_revises_is_what_was_said_last(house: Warehouse) -> None:
    house.put_origins([origin("a", "b", "c", revisions=(("b", "a"), ("c", "a")))])
    house.put_origins([origin("a", "b", revisions=())])
    assert house.revisions([rid("a"), rid("b"), rid("c")]) == {rid("c"): rid("a")}


def test_ten_carriers_of_one_wire_and_an_edited_one_are_one_origin_with_ten_carriers(house: Warehouse) -> None:
    carriers = [f"x{number}" for number in range(10)]
    house.put_origins([origin(*carriers, "y", revisions=(("y", "x0"),))])
    heard = house.corroboration([rid(name) for name in [*carriers, "y", "x3"]])
    assert str(heard) == "1 independent origin, 10 carriers"
    assert house.corroboration([*(rid(name) for name in carriers), rid("alone")]) == Corroboration(origins=2, carriers=11)
    assert house.corroboration([]) == Corroboration(origins=0, carriers=0)


@given(groups=st.lists(st.integers(0, 3), min_size=1, max_size=8), cut=st.integers(0, 8))
@settings(max_examples=20, deadline=None)
def test_counting_never_depends_on_the_order_in_which_origins_were_told(groups: list[int], cut: int) -> None:
    members = {group: [f"m{number}" for number, one in enumerate(groups) if one == group] for group in sorted(set(groups))}
    told = [origin(*names) for names in members.values()]
    ids = [rid(f"m{number}") for number in range(len(groups))]
    counts = []
    for order in (told, told[::-1]):
        with Warehouse(None) as house:
            house.put_origins(order[:cut])
            house.put_origins(order[cut:])
            counts.append(house.corroboration(ids))
    assert counts == [Corroboration(origins=len(members), carriers=len(groups))] * 2
