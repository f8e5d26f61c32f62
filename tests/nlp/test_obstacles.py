"""Obstacles read from texts: by cues, and by the classifier over made-up vectors."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nlp.obstacle_cues import cues, sentences
from nlp.obstacle_weights import KINDS, Weights, chances, listed, pooled, stored_weights
from nlp.obstacles import CueReader, LinearReader, load_obstacles
from nlp.parts import Parts
from store.records import Obstacle, ObstacleReading, ObstacleState

NUMBERS = 4
AT = datetime(2031, 4, 1, tzinfo=UTC)


class Told:
    """An encoder for the tests: a vector says how often a text, and each of its sentences, names money, doors, water."""

    name = "told"
    asked: int

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += 1
        return np.array([[1.0, "money" in t, "door" in t, "water" in t] for t in texts], np.float32).reshape(len(texts), NUMBERS)

    def encode_parts(self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]) -> Parts:
        return Parts(whole=self.encode(texts), parts=tuple(self.encode([text[a:b] for a, b in some]) for text, some in zip(texts, spans, strict=True)))


def weights() -> Weights:
    kind = np.zeros((1 + len(KINDS), NUMBERS + len(KINDS)), np.float32)
    kind[0, 0] = 2.0
    kind[1 + KINDS.index(Obstacle.FUNDING), 1] = 6.0
    kind[1 + KINDS.index(Obstacle.GOVERNMENT_DENIAL), 2] = 5.5
    kind[1 + KINDS.index(Obstacle.LOGISTICS), 3] = 5.0
    kind[1:, NUMBERS:] = 0.1 * np.eye(len(KINDS))
    lifted = np.array([-1, 0, 0, 0, 1], np.float32)
    return Weights(
        mean=np.zeros(NUMBERS, np.float32),
        scale=np.ones(NUMBERS, np.float32),
        kind=kind,
        kind_bias=np.zeros(1 + len(KINDS), np.float32),
        lifted=lifted,
        lifted_bias=0.0,
        chance=(1.0, 1.0),
    )


def kinds(found: Sequence[ObstacleReading]) -> list[tuple[Obstacle, ObstacleState]]:
    return [(r.obstacle, r.state) for r in found]


def split(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in sentences(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four", ("One.", "Two!", "Three?", "Four")),
        ("¿Quién? Nadie. ¡Agua!", ("¿Quién?", "Nadie.", "¡Agua!")),
        ("Qui sait ? Personne.", ("Qui sait ?", "Personne.")),
        ("من يعرف؟ لا أحد؛ ننتظر.", ("من يعرف؟", "لا أحد؛", "ننتظر.")),
        ("Title\nText goes on", ("Title", "Text goes on")),
        ("Dr. Ali paid 2.5 million. Done.", ("Dr. Ali paid 2.5 million.", "Done.")),
        (" \n ... \n", ()),
        ("", ()),
    ],
)
def test_sentences_end_where_they_do_in_four_languages(text: str, parts: tuple[str, ...]) -> None:
    assert split(text) == parts


@given(st.text(max_size=200))
def test_sentences_follow_one_another_without_space_around_them(text: str) -> None:
    spans = sentences(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("The ministry refused visas to the vets.", "en", Obstacle.GOVERNMENT_DENIAL),
        ("Le tribunal a prononcé une injonction.", "fr", Obstacle.LEGAL),
        ("No hay dinero en el fondo.", "es", Obstacle.FUNDING),
        ("والشائعات تملأ القرية", "ar", Obstacle.COMMUNITY_TRUST),
        ("Sagt man: the roads are impassable", "de", Obstacle.LOGISTICS),
    ],
)
def test_cues_speak_for_an_obstacle_in_their_language_and_in_all_for_an_unknown_one(text: str, language: str, kind: Obstacle) -> None:
    found = cues(text, language).weights
    assert max(found, key=lambda k: found[k]) is kind


@pytest.mark.parametrize(
    ("text", "answer"), [("The ban was lifted.", True), ("The ban has not been lifted.", False), ("They urge that it be lifted.", False), ("A ban.", False)]
)
def test_a_lift_that_is_denied_or_asked_for_is_none(text: str, answer: bool) -> None:
    assert cues(text, "en").lifted is answer


def test_words_are_bounded() -> None:
    assert not cues("The statuesque broker", "en").weights


def test_without_an_encoder_cues_alone_read_and_say_the_sentence() -> None:
    reader = load_obstacles(None)
    assert isinstance(reader, CueReader)
    found = reader.obstacles(
        ["It rained. A court order forbids the walkout; lawyers say it is illegal.", "The injunction was lifted, lawyers said.", "It rained.", ""], ["en"] * 4
    )
    assert [kinds(f) for f in found] == [[(Obstacle.LEGAL, ObstacleState.PRESENT)], [(Obstacle.LEGAL, ObstacleState.LIFTED)], [], []]
    assert found[0][0].sentence == "A court order forbids the walkout; lawyers say it is illegal."
    assert reader.lesson("A court order.", "en", Obstacle.NONE, AT) is None


def test_an_encoder_that_nothing_was_trained_on_falls_back_to_cues() -> None:
    assert isinstance(load_obstacles(Told()), CueReader)
    assert stored_weights("no/such model") is None


def test_each_sentence_is_read_and_the_main_obstacle_comes_first() -> None:
    (found,) = LinearReader(Told(), weights()).obstacles(["Some water. Then the door. No money here. Nothing."], ["xx"])
    assert [r.obstacle for r in found] == [Obstacle.FUNDING, Obstacle.GOVERNMENT_DENIAL]
    assert [r.sentence for r in found] == ["No money here.", "Then the door."]
    assert found[0].weight > found[1].weight > 0.4


def test_one_sentence_among_many_that_name_nothing_is_the_weaker_the_more_they_are() -> None:
    reader = LinearReader(Told(), weights())
    told = [reader.obstacles(["No money here. " + "It rained. " * others], ["xx"])[0] for others in (0, 3, 20)]
    assert [found[0].sentence for found in told] == ["No money here."] * 3
    assert told[0][0].weight > told[1][0].weight > told[2][0].weight


def test_the_fall_is_the_news_where_one_report_recalls_how_it_stood() -> None:
    (found,) = LinearReader(Told(), weights()).obstacles(["The door is shut. The door was unlocked: the ban was lifted."], ["en"])
    assert found[0].state is ObstacleState.LIFTED
    assert found[0].sentence == "The door was unlocked: the ban was lifted."


def test_with_vectors_at_hand_nothing_is_encoded() -> None:
    encoder = Told()
    texts = ["It rained all day and all night. There is a funding gap, no money.", "Nothing at all.", ""]
    parts = encoder.encode_parts(texts, [sentences(text) for text in texts])
    encoder.asked = 0
    found = LinearReader(encoder, weights()).obstacles(texts, ["en"] * 3, parts=parts)
    assert encoder.asked == 0
    assert [kinds(f) for f in found] == [[(Obstacle.FUNDING, ObstacleState.PRESENT)], [], []]
    assert found[0][0].sentence == "There is a funding gap, no money."


def test_a_sentence_beyond_the_encoders_reach_is_heard_by_its_cues() -> None:
    text = "It rained. There is a funding gap. It rained."
    rows = np.array([[1, 0, 0, 0], [np.nan] * 4, [np.nan] * 4], np.float32)
    money = np.array([[1, 1, 0, 0]], np.float32)
    (found,) = LinearReader(Told(), weights()).obstacles([text], ["en"], parts=Parts(whole=money, parts=(rows,)))
    assert found[0].sentence == "There is a funding gap."
    (found,) = LinearReader(Told(), weights()).obstacles(["It rained. Again."], ["en"], parts=Parts(whole=money, parts=(rows[1:],)))
    assert found[0].obstacle is Obstacle.FUNDING


def test_no_texts_no_readings() -> None:
    assert LinearReader(Told(), weights()).obstacles(["", " "], ["en", "en"]) == [(), ()]
    assert LinearReader(Told(), weights()).lesson(" ", "en", Obstacle.NONE, AT) is None
    assert CueReader().obstacles([], []) == []


@given(st.lists(st.floats(-8, 8), min_size=9, max_size=9), st.integers(1, 5))
def test_a_text_of_equal_sentences_has_their_odds_and_chances_add_up(odds: list[float], times: int) -> None:
    row = np.array(odds)
    np.testing.assert_allclose(pooled(row, np.tile(row, (times, 1))), row, atol=1e-9)
    assert chances(row[None, :]).sum() == pytest.approx(1.0)


def test_a_calibrated_chance_keeps_the_order_and_stays_one() -> None:
    found = listed(np.array([0.0, 0.2, 0.5, 1.0]), (1.3, 0.7))
    assert list(found) == sorted(found)
    assert ((found >= 0) & (found <= 1)).all()
    assert listed(np.array([0.3]), (1.0, 0.0)) == pytest.approx(0.3)


def test_the_labelled_texts_are_many_and_well_formed() -> None:
    rows = [json.loads(line) for line in files("nlp").joinpath("data/obstacles_texts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({row["text"] for row in rows}) == len({row["id"] for row in rows}) == len(rows) >= 2000
    assert {row["lang"] for row in rows} == {"en", "fr", "es", "ar"}
    assert {row["register"] for row in rows} == {"sentence", "field", "press", "un", "telegraphic", "digest"}
    named = [label.partition(":") for row in rows for label in (*row["first"], *row.get("second", ()))]
    assert {Obstacle(kind) for kind, _, _ in named} == set(KINDS)
    assert {state for _, _, state in named} == {"", "lifted"}
    assert sum("second" in row for row in rows) >= 300


def test_the_committed_coefficients_fit_the_code() -> None:
    kept = stored_weights("multilingual-e5-small")
    assert kept is not None
    assert kept.kind.shape == (1 + len(KINDS), len(kept.mean) + len(KINDS))
    assert kept.lifted.shape == (len(kept.mean) + 1,)
    assert kept.chance[0] > 0
