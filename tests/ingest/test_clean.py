from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import TAG_LIMIT, for_matching, one_line, squeeze, text_of_either, text_of_html, without_controls


def test_scripts_styles_and_hidden_parts_go() -> None:
    markup = "<style>p{}</style><p>Bridge <b>closed</b></p><script>alert(1)</script><div style='display:none'>hidden</div><p>since noon</p>"
    assert text_of_html(markup) == "Bridge closed\n\nsince noon"


def test_entities_are_resolved_once() -> None:
    assert text_of_html("a &amp;lt; b &eacute;") == "a &lt; b é"


def test_deeply_nested_markup_keeps_its_words() -> None:
    assert text_of_html("<div>" * 2_000 + "water") == "water"


def test_very_many_tags_are_taken_out_without_being_understood() -> None:
    assert text_of_html("<i>" * (TAG_LIMIT + 1) + "water &amp; food") == "water & food"


def test_empty_markup_is_empty() -> None:
    assert text_of_html("<p></p>") == ""
    assert text_of_html("<script>x</script>") == ""


def test_plain_words_with_a_less_than_sign_stay() -> None:
    assert text_of_either("fewer than < 5 litres") == "fewer than < 5 litres"
    assert text_of_either("<b>fewer</b> than") == "fewer than"


def test_white_space_is_squeezed() -> None:
    assert squeeze(" a \t b \r\n\r\n\r\n\r\n c\u00a0d ") == "a b\n\nc d"
    assert one_line("a\n b\t c") == "a b c"


def test_overrides_and_invisible_characters_go_for_matching_while_joiners_stay() -> None:
    assert for_matching("a\u202eb\u2066c\u200bd\u00ade") == "abcde"
    assert for_matching("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text())
def test_controls_never_survive_and_doing_it_twice_changes_nothing(text: str) -> None:
    once = without_controls(text)
    assert without_controls(once) == once
    assert not any(ord(mark) < 32 and mark not in "\n\t" for mark in once)


@given(st.text(max_size=200))
def test_any_markup_gives_text(markup: str) -> None:
    assert isinstance(text_of_html(markup), str)
