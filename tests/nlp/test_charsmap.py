"""Charsmap: whatever is packed, the normaliser of the tokenizers library finds again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers.normalizers import Precompiled

from nlp.charsmap import charsmap, compositions

LETTERS = st.characters(blacklist_categories=("Cs", "Mn", "Mc", "Me", "Cc", "Cf", "Lo", "So", "Sk"), min_codepoint=0x21)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(LETTERS, st.text(LETTERS, max_size=4), min_size=1, max_size=60))
def test_every_letter_is_replaced_and_no_other(changes: dict[str, str]) -> None:
    normaliser = Precompiled(charsmap(changes))
    for old, new in changes.items():
        assert normaliser.normalize_str(f"{old}") == new
    untouched = next(letter for letter in map(chr, range(0x4E00, 0x9FFF)) if letter not in changes)
    assert normaliser.normalize_str(untouched) == untouched


def test_a_letter_with_its_marks_becomes_one() -> None:
    found = compositions()
    assert found["e\u0301"] == "é"
    assert found["ê\u0301"] == "ế"
    assert Precompiled(charsmap(found)).normalize_str("cafe\u0301") == "café"


def test_a_zero_byte_cannot_be_packed() -> None:
    with pytest.raises(TypeError, match="zero byte"):
        charsmap({"a": "b", "a\0b": "c"})
