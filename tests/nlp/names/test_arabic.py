"""Arabic: where people and organisations are named."""

import pytest

from nlp.names.arabic import arabic_bodies, arabic_people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال الوزير خالد البراق إن", "خالد البراق"),
        ("قال وزير الصحة خالد البراق إن", "خالد البراق"),
        ("وصل الرئيس عبد الرحمن السالم إلى", "عبد الرحمن السالم"),
        ("قالت الدكتورة سلمى أبو بكر أمس", "سلمى أبو بكر"),
        ("زار محافظ حلب سامر الزعبي البلدة", "سامر الزعبي"),
        ("والرئيس خالد البراق", "خالد البراق"),
        ("المتحدث باسم وزارة الداخلية سعيد البراق", "سعيد البراق"),
        ("السيد خالد محمد البراق قال", "خالد محمد البراق"),
    ],
)
def test_people_stand_behind_their_titles(text: str, name: str) -> None:
    assert [text[start:end] for start, end in arabic_people(text)] == [name]


@pytest.mark.parametrize("text", ["السيد علي قال إن الماء مقطوع", "الرئيس في دمشق", "وصل الوزير", "قال السيد خالد، وقال", "رئيس الوزراء"])
def test_a_title_with_less_than_two_words_names_nobody(text: str) -> None:
    assert list(arabic_people(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وأعلنت نقابة المعلمين الإضراب", "نقابة المعلمين"),
        ("قالت مؤسسة نور الخيرية إن", "مؤسسة نور الخيرية"),
        ("المرصد السوري لحقوق الإنسان قال", "المرصد السوري لحقوق الإنسان"),
        ("ووزارة الصحة في", "وزارة الصحة"),
    ],
)
def test_organisations_begin_with_a_word_of_their_kind(text: str, name: str) -> None:
    assert [text[start:end] for start, end in arabic_bodies(text)] == [name]


def test_a_kind_alone_is_no_organisation() -> None:
    assert list(arabic_bodies("قالت منظمة إن مجلس قال")) == []
