"""Embed: unit rows, one for each text, equal texts encoded once (a tiny real sentence-transformers model)."""

from pathlib import Path

import numpy as np
import pytest

from nlp import weights
from nlp.embed import SentenceEncoder, open_encoder
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
