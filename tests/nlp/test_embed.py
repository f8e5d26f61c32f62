"""Embed: unit rows, one for each text, equal texts encoded once (a tiny real sentence-transformers model)."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nlp import weights
from nlp.embed import SentenceEncoder, open_encoder
from nlp.parts import in_parts
from tests.nlp.test_weights import PIECES, _packed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack a model of one layer."""
    home = tmp_path_factory.mktemp("model")
    packed = _packed(home / "small.bin")
    draft = home / "small-e5"
    draft.mkdir()
    weights._write(packed, draft)
    return draft


@pytest.fixture(scope="module")
def encoder(folder: Path) -> SentenceEncoder:
    """Load it."""
    return open_encoder(str(folder), folder.parent, 6)


def test_each_text_gets_a_unit_row_in_the_order_asked(encoder: SentenceEncoder) -> None:
    rows = encoder.encode(["ab", "b b b", "ab"])
    assert rows.shape == (3, 32)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(rows[0], rows[2])
    assert len(PIECES) > 0


def test_no_texts_give_no_rows(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, 32)


def test_only_the_first_tokens_count(encoder: SentenceEncoder) -> None:
    np.testing.assert_array_equal(encoder.encode(["ab " * 200])[0], encoder.encode(["ab " * 90])[0])


def test_the_models_name_is_what_was_asked_for(encoder: SentenceEncoder, folder: Path) -> None:
    assert encoder.name == str(folder)


def test_parts_are_read_within_their_text_in_the_order_asked(folder: Path) -> None:
    encoder = open_encoder(str(folder), folder.parent, 24)
    texts = ["ab b", "b ab ab", "ab b"]
    found = encoder.encode_parts(texts, [[(0, 2), (3, 4)], [(0, 1)], [(0, 2), (3, 4)]])
    np.testing.assert_allclose(found.whole, encoder.encode(texts), atol=1e-6)
    assert [rows.shape for rows in found.parts] == [(2, 32), (1, 32), (2, 32)]
    np.testing.assert_allclose(np.linalg.norm(np.vstack(found.parts), axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(found.parts[0], found.parts[2])


def test_a_part_beyond_the_last_token_is_not_a_number(encoder: SentenceEncoder) -> None:
    text = "ab " * 90
    (rows,) = encoder.encode_parts([text], [[(0, 2), (len(text) - 3, len(text) - 1)]]).parts
    assert np.isfinite(rows[0]).all()
    assert np.isnan(rows[1]).all()


def test_no_texts_give_no_parts(encoder: SentenceEncoder) -> None:
    found = encoder.encode_parts([], [])
    assert (found.whole.shape, found.parts) == ((0, 32), ())


def test_an_encoder_that_knows_no_parts_gives_each_the_vector_of_its_text() -> None:
    class Plain:
        name = "plain"

        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.array([[len(text), 1] for text in texts], np.float32)

    found = in_parts(Plain(), ["abc", "a"], [[(0, 1), (1, 3)], []])
    assert found.parts[0].tolist() == [[3, 1], [3, 1]]
    assert found.parts[1].shape == (0, 2)
