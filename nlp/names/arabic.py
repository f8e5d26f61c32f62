"""Arabic text -> spans of people and organisations: a script without capitals, so a title or an opening word says where a name begins."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.places.names import key
from nlp.places.words import words_of


def _keyed(words: str) -> frozenset[str]:
    return frozenset(map(key, words_of(words)))


_WORD = re.compile("[\u0621-\u064a\u064b-\u0652\u0670]+")
_TITLES: Final = _keyed(
    "رئيس الرئيس رئيسه الرئيسه وزير وزيره الوزير الوزيره مدير المدير مديره المديره متحدث المتحدث المتحدثه ناطق الناطق السيد السيده الدكتور الدكتوره "
    "الشيخ اللواء لواء العميد عميد العقيد عقيد القاضي قاضي النايب نايب النائب الامين محافظ المحافظ سفير السفير سفيره مبعوث المبعوث القايد قايد الزعيم زعيم "
    "الطبيب طبيب الطبيبه الممرضه الممرض المعلم المعلمه الصحفي الصحفيه الناشط الناشطه المحامي المحاميه المهندس الاستاذ الاستاذه الحاج الملك الامير السلطان "
    "الجنرال الملازم النقيب الرايد المنسق المنسقه منسق عضو المراسل مراسل السيناتور المرشح العمده امام الامام"
)
_NAME_BEGINS: Final = _keyed("عبد ابو ابي ام ابن بن بنت ال")
_NEVER: Final = _keyed(
    "في من علي الي عن ان انه انها قال قالت قالوا اعلن اعلنت اكد اكدت اضاف اضافت ذكر ذكرت صرح افاد اوضح اوضحت دعا دعت وصل وصلت التقي زار طالب حذر مع بعد قبل "
    "خلال اليوم امس غدا هذا هذه ذلك التي الذي الذين كان كانت هو هي هم ثم او لم لن لا ما قد سوف كل بين حتي منذ عند عبر ضد حول يوم وقال وقد فتح اغلق اغلقت يقول "
    "تقول يوكد السابق السابقه الجديد الجديده الحالي الحاليه العام العامه الاول الاولي باسم لدي "
)
_HEADS: Final = _keyed(
    "منظمه المنظمه جمعيه الجمعيه وزاره موسسه الموسسه هييه الهييه لجنه اللجنه نقابه النقابه اتحاد الاتحاد حزب الحزب حركه الحركه مجلس المجلس وكاله الوكاله جامعه "
    "المرصد مرصد الهلال الصليب شبكه الشبكه مركز المركز برنامج صندوق بنك البنك محكمه المحكمه جبهه الجبهه رابطه الرابطه تجمع غرفه شركه مستشفي"
)
# heads that are named by a word of their own, with no article: "the Nur foundation"
_OWN_WORD: Final = _keyed("منظمه جمعيه موسسه حزب حركه شركه شبكه رابطه مستشفي جامعه")
_OF: Final = _keyed("حقوق شوون رعايه غوث اغاثه حمايه دعم تنميه عمال اطباء معلمي مجلس")
_BESIDE_TITLE: Final = _TITLES | _OF | {"باسم"}
_ARTICLED: Final = ("ال", "لل", "وال")
_PROCLITICS: Final = ("و", "ف", "ب", "ل")
_ADJECTIVE_ENDS: Final = ("ي", "يه", "يين", "احمر", "حره")
_MOST_WORDS: Final = 6
_MOST_TITLES: Final = 10

Words = list[tuple[int, int, str]]


def arabic_people(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the two or three words behind a title, and behind what the title is of ("minister of health X Y")."""
    words = _words(text)
    for number, (_, _, word) in enumerate(words):
        if word in _TITLES or (word[:1] in _PROCLITICS and word[1:] in _TITLES):
            name = _name(words, _behind_title(words, number, text), text)
            if name:
                yield words[name[0]][0], words[name[-1]][1]


def _words(text: str) -> Words:
    return [(match.start(), match.end(), key(match.group())) for match in _WORD.finditer(text)]


def _behind_title(words: Words, number: int, text: str) -> int:
    """Skip further titles, what an indefinite one is of, an organisation spoken for, and adjectives."""
    of = not words[number][2].removeprefix("و").startswith("ال")
    number, most = number + 1, number + _MOST_TITLES
    while number < min(most, len(words)) and (words[number][2] in _BESIDE_TITLE or words[number][2].startswith(_ARTICLED)):
        number += 1
    if number < len(words) and words[number][2] in _HEADS:
        return _last_of_body(words, number, words[number][2], text) + 1
    return number + 1 if of and number < len(words) and _lone_place(words, number) else number


def _lone_place(words: Words, number: int) -> bool:
    """Say whether a province stands before the name ("governor of Daraa X al-Y"): three words of which only the last has an article."""
    following = [word for _, _, word in words[number : number + 3]]
    articled = [word.startswith("ال") for word in following]
    return articled == [False, False, True] and not any(word in _NEVER or word in _NAME_BEGINS for word in following)


def _name(words: Words, number: int, text: str) -> Sequence[int]:
    """Return the numbers of the words of a name that begins here; fewer than two words are none."""
    name: list[int] = []
    counted = 0
    while number < len(words) and counted < 3:
        word = words[number][2]
        broken = bool(name) and text[words[name[-1]][1] : words[number][0]] != " "
        if broken or word in _NEVER or (counted == 2 and not word.startswith("ال")):
            break
        name.append(number)
        counted += word not in _NAME_BEGINS
        number += 1
        if counted == 2 and word.startswith("ال") and words[number - 2][2] not in _NAME_BEGINS:
            break
    return name if counted >= 2 else ()


def arabic_bodies(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of organisations: an opening word and the articled words, or the one word of its own, that follow."""
    words = _words(text)
    for number, (start, _, word) in enumerate(words):
        head, skip = (word, 0) if word in _HEADS else (word[1:], 1) if word[:1] in _PROCLITICS and word[1:] in _HEADS else ("", 0)
        last = _last_of_body(words, number, head, text) if head else number
        if last > number:
            yield start + skip, words[last][1]


def _last_of_body(words: Words, number: int, head: str, text: str) -> int:
    last = number
    while last + 1 < len(words) and last - number < _MOST_WORDS and text[words[last][1] : words[last + 1][0]] == " ":
        before, word = words[last][2], words[last + 1][2]
        first = last == number and (word.startswith(_ARTICLED) or head in _OWN_WORD)
        later = word.startswith(_ARTICLED) and (word.endswith(_ADJECTIVE_ENDS) or before.removeprefix("ل") in _OF)
        if word in _NEVER or not (first or later or word.removeprefix("ل") in _OF):
            break
        last += 1
    return last
