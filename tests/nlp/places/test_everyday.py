"""Everyday: words that are mostly just words."""

from nlp.places.everyday import common_words, draw, function_words


def test_common_words_are_drawn_from_piece_scores() -> None:
    pieces = {"\u2581reading": -11.0, "\u2581Reading": -13.0, "\u2581goma": -14.0, "\u2581Goma": -11.0, "\u2581split": -12.0, "xy": -3.0, "\u2581ab": -2.0}
    assert draw(pieces, lambda name: name != "nothing") == ("reading", "split")


def test_the_lists_hold_words_and_not_towns() -> None:
    assert {"reading", "union", "between", "بين"} <= common_words()
    assert "goma" not in common_words()
    assert {"between", "sobre", "depuis"} <= function_words()
    assert "reading" not in function_words()
