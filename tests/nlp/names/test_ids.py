"""Ids: they depend on what they were made from and nothing else."""

from nlp.names.ids import name_id


def test_an_id_is_stable_and_its_own() -> None:
    assert name_id("per", "r1", "ann lee") == "per:" + name_id("org", "r1", "ann lee").removeprefix("org:")
    assert len({name_id("per", "r1", "ann lee"), name_id("per", "r2", "ann lee"), name_id("per", "r1", "ann le")}) == 3
    assert len(name_id("per", "\ud800", "")) == len("per:") + 12
