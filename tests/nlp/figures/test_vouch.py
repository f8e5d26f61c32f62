import pytest

from nlp.figures.sentences import fold
from nlp.figures.vouch import vouching
from store.records import SourceClass


def voice(text: str, language: str = "en", figure: str = "40") -> SourceClass | None:
    start = text.index(figure)
    return vouching(fold(text), (0, len(text)), (start, start + len(figure)), language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "According to the ministry of health, 40 died.", SourceClass.GOVERNMENT),
        ("en", "40 died, OCHA said.", SourceClass.UN),
        ("en", "40 died, state television reported.", SourceClass.MEDIA),
        ("en", "The Red Cross says 40 died.", SourceClass.PARTNER),
        ("en", "Police shot 40 people.", None),
        ("en", "40 died, witnesses said.", None),
        ("fr", "40 morts, selon le HCR.", SourceClass.UN),
        ("fr", "40 morts, a indiqué la préfecture.", SourceClass.GOVERNMENT),
        ("es", "40 muertos, según la policía.", SourceClass.GOVERNMENT),
        ("ar", "مقتل 40 شخصا بحسب الأمم المتحدة", SourceClass.UN),
        ("ar", "قالت الشرطة إن 40 قتلوا", SourceClass.GOVERNMENT),
    ],
)
def test_a_voice_counts_beside_a_word_of_saying(language: str, text: str, expected: SourceClass | None) -> None:
    assert voice(text, language) is expected


def test_what_a_semicolon_parts_is_vouched_for_apart() -> None:
    text = "The army said 40 died; the UN said 12 died."
    assert (voice(text), voice(text, figure="12")) == (SourceClass.GOVERNMENT, SourceClass.UN)


def test_the_nearest_of_several_voices_is_meant() -> None:
    assert voice("The army said 12 fled while, according to OCHA, 40 died.") is SourceClass.UN
