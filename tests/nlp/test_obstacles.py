"""Obstacles read from texts: by cues, and by the classifier over made-up vectors."""

import json
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nlp.obstacle_cues import cues, sentences
from nlp.obstacles import KINDS, CueReader, LinearReader, Weights, load_obstacles, stored_weights
from store.records import Obstacle, ObstacleReading, ObstacleState

NUMBERS = 4


class Told:
    """An encoder for the tests: a sentence's vector says how often it names money, doors, water."""

    name = "told"
    asked: int

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        return np.array([[1.0, "money" in t, "door" in t, "water" in t] for t in texts], np.float32).reshape(len(texts), NUMBERS)


def weights() -> Weights:
    kind = np.zeros((1 + len(KINDS), NUMBERS + len(KINDS)), np.float32)
    kind[0, 0] = 2.0
    kind[1 + KINDS.index(Obstacle.FUNDING), 1] = 6.0
    kind[1 + KINDS.index(Obstacle.GOVERNMENT_DENIAL), 2] = 5.5
    kind[1 + KINDS.index(Obstacle.LOGISTICS), 3] = 3.5
    lifted = np.array([-1, 0, 0, 0, 1], np.float32)
    return Weights(
        mean=np.zeros(NUMBERS, np.float32),
        scale=np.ones(NUMBERS, np.float32),
        kind=kind,
        kind_bias=np.zeros(1 + len(KINDS), np.float32),
        lifted=lifted,
        lifted_bias=0.0,
    )


def kinds(found: Sequence[ObstacleReading]) -> list[tuple[Obstacle, ObstacleState]]:
    return [(r.obstacle, r.state) for r in found]


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
    assert sentences(text) == parts


@given(st.text(max_size=200))
def test_every_sentence_stands_word_for_word_in_its_text(text: str) -> None:
    assert all(part in text for part in sentences(text))


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


def test_an_encoder_that_nothing_was_trained_on_falls_back_to_cues() -> None:
    assert isinstance(load_obstacles(Told()), CueReader)
    assert stored_weights("no/such model") is None


def test_each_sentence_is_read_and_the_main_obstacle_comes_first() -> None:
    reader = LinearReader(Told(), weights())
    (found,) = reader.obstacles(["Some water. Then the door. No money here. Nothing."], ["xx"])
    assert [r.obstacle for r in found] == [Obstacle.FUNDING, Obstacle.GOVERNMENT_DENIAL, Obstacle.LOGISTICS]
    assert found[0].sentence == "No money here."


def test_the_fall_is_the_news_where_one_report_recalls_how_it_stood() -> None:
    (found,) = LinearReader(Told(), weights()).obstacles(["The door is shut. The ban on the door was lifted."], ["en"])
    assert found[0].state is ObstacleState.LIFTED
    assert found[0].sentence == "The ban on the door was lifted."


def test_with_vectors_at_hand_nothing_is_encoded_and_the_sentence_with_the_cues_is_named() -> None:
    encoder = Told()
    texts = ["It rained all day and all night. There is a funding gap.", "Nothing at all.", ""]
    vectors = np.array([[1, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]], np.float32)
    found = LinearReader(encoder, weights()).obstacles(texts, ["en"] * 3, vectors=vectors)
    assert encoder.asked == 0
    assert [kinds(f) for f in found] == [[(Obstacle.FUNDING, ObstacleState.PRESENT)], [], []]
    assert found[0][0].sentence == "There is a funding gap."


def test_of_a_long_report_only_the_sentences_richest_in_cues_are_read() -> None:
    encoder = Told()
    text = " ".join([*("It rained." for _ in range(30)), "No money, and a funding gap."])
    (found,) = LinearReader(encoder, weights()).obstacles([text], ["en"])
    assert encoder.asked <= 12
    assert found[0].obstacle is Obstacle.FUNDING


def test_no_texts_no_readings() -> None:
    assert LinearReader(Told(), weights()).obstacles(["", " "], ["en", "en"]) == [(), ()]
    assert CueReader().obstacles([], []) == []


def test_the_labelled_sentences_are_many_and_well_formed() -> None:
    rows = [json.loads(line) for line in files("nlp").joinpath("data/obstacles_sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({row["text"] for row in rows}) == len(rows) >= 400
    assert {row["lang"] for row in rows} == {"en", "fr", "es", "ar"}
    assert {Obstacle(row["obstacle"]) for row in rows} == set(Obstacle)
    assert {ObstacleState(row["state"]) for row in rows} == set(ObstacleState)


def test_the_committed_coefficients_fit_the_code() -> None:
    kept = stored_weights("multilingual-e5-small")
    assert kept is not None
    assert kept.kind.shape == (1 + len(KINDS), len(kept.mean) + len(KINDS))
    assert kept.lifted.shape == (len(kept.mean) + 1,)
