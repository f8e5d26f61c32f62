"""The kit: open stores, and models that say what they lack."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from flows.kit import Kit, model_choice
from nlp.models import Models
from store.errors import ConfigError, ModelUnavailable, WarehouseBusy
from tests.flows.conftest import equip, kit_in


def test_words_are_compared_by_meaning_and_encoded_once(kit: Kit) -> None:
    found = kit.alike(["legal_analysis", "legal_aid", "medical"], ["legal analysis"])
    assert found.shape == (3, 1)
    assert found[0, 0] == pytest.approx(1.0)
    # how alike unlike words are depends on the encoder (e5: .84 here); what has more in common comes first with any
    assert found[0, 0] > found[1, 0] + 0.01 > found[2, 0] + 0.02
    assert set(kit.known_vectors) == {"legal_analysis", "legal_aid", "medical", "legal analysis"}
    kit.__dict__["models"] = Models(encoder=Spent(), recognisers={}, missing=())
    assert kit.alike(["medical", "legal_aid"], ["legal analysis"]) == pytest.approx(found[[2, 1]])
    assert kit.alike([], ["a"]).shape == (0, 1)


class Spent:
    """An encoder that was asked once too often."""

    name = "spent"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(texts)


def test_without_an_encoder_nothing_is_alike_and_encoding_says_whom_to_ask(kit: Kit) -> None:
    equip(kit, Models(encoder=None, recognisers={}, missing=("No vectors",)))
    assert kit.encoder_name == ""
    assert np.array_equal(kit.alike(["a"], ["a"]), np.zeros((1, 1)))
    with pytest.raises(ModelUnavailable, match="doctor"):
        kit.encoded(["a"])


def test_a_second_run_in_the_same_folder_is_told_to_wait(kit: Kit) -> None:
    hurried = kit.settings.model_copy(update={"busy_wait": 0.0})
    with pytest.raises(WarehouseBusy), kit_in(hurried):
        pass


def test_the_settings_choose_the_models(kit: Kit) -> None:
    choice = model_choice(kit.settings.model_copy(update={"encoder": "own", "pipelines": {"fr": "own_fr"}}))
    assert (choice.encoder, dict(choice.pipelines), choice.folder) == ("own", {"fr": "own_fr"}, kit.settings.home / "models")


def test_a_data_folder_that_cannot_be_made_names_the_setting(kit: Kit) -> None:
    kit.settings.home.joinpath("file").write_text("", encoding="utf-8")
    wrong = kit.settings.model_copy(update={"home": kit.settings.home / "file" / "below"})
    with pytest.raises(ConfigError, match="HIVECAST_HOME"), kit_in(wrong):
        pass
