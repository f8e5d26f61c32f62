import gzip
import json as codec
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape as html_unescaped
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.scores import record
from reports import wording
from reports.compose import compose
from reports.material import Material
from reports.provenance import check, sentences
from reports.render import html, json, markdown
from store.records import TLP, Advice, Channel, Credibility, Member, Reliability, Report, ReportGrade, SourceGrade
from store.told import Brief
from tests.reports.builder import NOW, PLACES, card, forecast, likelihood, objective, partners, quoted, reading, report, sample, suggestion

BRIEF = compose(sample(7))
PAGE = html.render(BRIEF)
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "<!--",
    "]]><iframe src=//example.org>",
    "<a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e\u2066<b>txt\u2069",
    "[x](javascript:alert(1))",
    "![x](http://example.org/pixel.png)",
    "`<meta http-equiv=refresh content=0>`",
)
ALLOWED = frozenset(
    """html head meta title style body a header h1 h2 h3 h4 p span main section div article ul ol li q bdi strong table thead tbody tr th td figure
    figcaption details summary footer svg desc defs pattern rect path line text polygon polyline circle""".split()  # noqa: SIM905 - a page of tags reads better so
)


class Page(HTMLParser):
    """Collects the elements, attributes and ids of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def values(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


def hostile(payload: str) -> Material:
    """Put a payload into every text field that a stranger can fill."""
    base = sample(5, 2, 6)

    def poisoned(one: Report) -> Report:
        text = f"{payload} {one.text}"
        return replace(one, text=text, title=payload, source=payload, publisher=payload, place=payload, url=payload, language=payload, confidence=payload)

    reports = tuple(poisoned(one) for one in base.reports)
    place = replace(PLACES[0], name=f"Bridge {payload}", country=payload, admin1=payload)
    told = suggestion(
        [one.id for one in reports[:3]],
        [reports[-1].id],
        against_why=payload,
        would_change=payload,
        reason=payload,
        required_strengths=(payload,),
        missing_strengths=(payload,),
        uncovered_strengths=(payload,),
        members=(Member(partner_id="P7", name=payload, covers=(payload,), reason=payload),),
    )
    readings = {one.id: reading(one, (replace(place, name=one.text[:20]),)) for one in reports}
    carried = card("g1", [reports[0].id], confidence_why=payload, only_team=payload)
    return replace(
        base,
        cards={
            "g1": replace(
                carried,
                questions=tuple(replace(one, reason=payload) for one in carried.questions),
                alternatives=tuple(replace(one, members=tuple(replace(m, name=payload) for m in one.members)) for one in carried.alternatives),
                left_out=tuple(replace(one, name=payload, reason=payload) for one in carried.left_out),
            )
        },
        reports=reports,
        readings=readings,
        ranges={},
        situations=tuple(
            replace(each, title=f"{payload} {each.id}", summary=quoted([one for one in reports if one.id in each.report_ids])) for each in base.situations
        ),
        suggestions=(told,),
        objectives=(replace(objective(), statement=payload),),
        partners=tuple(replace(partner, name=payload) for partner in partners()),
        degraded=(payload,),
        totals={payload: 1},
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_a_stranger_writes_becomes_markup(payload: str) -> None:
    material = hostile(payload)
    brief = compose(material)
    page = Page(html.render(brief))

    assert check(brief, material) == ()
    assert set(page.tags) <= ALLOWED
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in {"style", "srcset", "srcdoc", "formaction"}]
    assert all(re.match(r"#|https?://", link) for link in page.values("href"))
    assert page.values("src") == []
    assert page.tags.count("title") == html.render(brief).count("<title")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_shows_what_strangers_write_and_does_nothing_with_it(payload: str) -> None:
    text = markdown.render(compose(hostile(payload)))

    assert not re.search(r"(?<!\\)<[a-zA-Z/!]", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", text)
    assert not re.search(r"(?<!\\)!\[", text)


def test_the_page_asks_nothing_of_anyone_and_forbids_scripts() -> None:
    page = Page(PAGE)

    assert "default-src 'none'" in page.values("content")[0]
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert not re.search(r"url\((?!#)", PAGE)
    assert "@import" not in PAGE


def test_every_citation_leads_to_an_entry_of_its_report() -> None:
    page = Page(PAGE)
    links = [link for link in page.values("href") if link.startswith("#")]

    assert {link[1:] for link in links} <= set(page.values("id"))
    assert len(page.values("id")) == len(set(page.values("id")))
    for one in BRIEF.reports:
        assert one.id in PAGE


def test_every_sentence_stands_on_the_page() -> None:
    words = re.sub(r"</?bdi>", "", PAGE)

    for _, sentence in sentences(BRIEF):
        assert html.environment().from_string("{{ text }}").render(text=sentence.text) in words


def test_the_first_lines_say_what_to_decide() -> None:
    body = re.sub(r"<[^>]+>", "\n", PAGE.split("<main>")[1])
    lines = [line.strip() for line in body.splitlines() if line.strip()]

    assert "form a new coalition" in " ".join(lines[:10])


def test_a_degraded_brief_says_so_before_anything_else() -> None:
    main = PAGE.split("<main>")[1]

    assert main.index("This brief is degraded.") < main.index("To decide today")
    assert "degraded" not in html.render(replace(BRIEF, degraded=())).split("<main>")[1]


def test_a_link_is_made_of_web_addresses_alone() -> None:
    web = replace(BRIEF.reports[0], url="https://example.org/a?b=1&c=2")
    other = replace(BRIEF.reports[1], url="javascript:alert(1)")
    page = html.render(replace(BRIEF, reports=(web, other, *BRIEF.reports[2:])))

    assert 'href="https://example.org/a?b=1&amp;c=2"' in page
    assert "javascript:" not in page


def test_a_language_is_set_only_where_it_is_one() -> None:
    odd = replace(BRIEF.reports[0], language='en" onclick="x')

    assert 'lang=""' in html.render(replace(BRIEF, reports=(odd, *BRIEF.reports[1:])))


def test_a_full_brief_is_small() -> None:
    page = html.render(compose(sample(2, 20, 20)))

    assert len(gzip.compress(page.encode())) < 100_000


def test_an_empty_brief_renders_everywhere() -> None:
    empty = compose(Material(as_of=NOW, likelihood=likelihood))

    assert "There is no report that may be quoted." in html.render(empty)
    assert markdown.render(empty).startswith("# Forecast brief, 20 May 2031")
    assert json.parse(json.render(empty)) == empty


def test_a_brief_without_suggestion_charts_or_forecasts_renders() -> None:
    one = report("r1", NOW - timedelta(days=1), "The river rose by 2 m at Kestrel Bridge.", sensitivity=TLP.CLEAR)
    base = sample(7, 12, 3)
    material = replace(base, reports=(*base.reports, one), suggestions=(), mix=(), previous=None, degraded=())
    brief = compose(material)
    page = html.render(brief)

    assert "No report names an obstacle yet." in page
    assert "What has been read" in page
    assert "Other situations" in page
    assert "## Other situations" in markdown.render(brief)
    assert all(card.forecasts for card in brief.situations)
    bare = compose(replace(material, forecasts=(forecast("f", "s0", NOW, 7, metric="origins"),), resolutions=(), settled=(), record=record((), 7, 1)))
    assert "7 statements are open, 1 void by rule; none has come true or failed to yet." in wording.statements(bare.record).replace("\u00a0", " ")
    assert all(wording.statements(bare.record) in text for text in (html.render(bare), markdown.render(bare)))
    assert "What was said, and what came true" not in html.render(bare)


def test_how_statements_did_is_told_and_drawn_once_enough_were_settled() -> None:
    assert wording.statements(BRIEF.record) in html.render(BRIEF)
    assert "What was said, and what came true" in html.render(BRIEF)
    few = compose(replace(sample(7), settled=sample(7).settled[:5], record=record(sample(7).settled[:5])))
    assert "Too few have been settled to judge by." in markdown.render(few)
    assert "What was said, and what came true" not in html.render(few)


def test_markdown_tells_every_sentence_with_its_footnotes() -> None:
    text = markdown.render(BRIEF)

    for _, sentence in sentences(BRIEF):
        assert markdown.escape(sentence.text) in text
    cited = set(re.findall(r"\[\^(\d+)\]", text))
    assert cited == {str(number) for number in range(1, len(BRIEF.reports) + 1)}
    assert all(f"[^{number}]: " in text for number in cited)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("- a", "\\- a"), ("1. a", "1\\. a"), ("# a", "\\# a"), ("a *b* _c_", "a \\*b\\* \\_c\\_"), ("a\n\nb", "a b"), ("=== x", "\\=== x"), ("", "")],
)
def test_markdown_escapes_what_would_act(text: str, expected: str) -> None:
    assert markdown.escape(text) == expected


def test_json_names_its_schema_and_holds_everything() -> None:
    data: dict[str, Any] = codec.loads(json.render(BRIEF))

    assert data["schema"] == "hivecast-brief/5"
    assert set(data["brief"]) == set(Brief.__dataclass_fields__)
    assert json.render(BRIEF).isascii()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_json_comes_back_as_the_same_brief(seed: int) -> None:
    brief = compose(sample(seed, 3, 6))

    assert json.parse(json.render(brief)) == brief


def test_json_of_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema must be"):
        json.parse('{"schema": "hivecast-brief/0"}')


def test_the_message_id_of_a_mail_is_not_in_the_json_because_it_names_the_senders_host() -> None:
    mailed = tuple(replace(one, channel=Channel.MAIL, key="42@field.example") for one in BRIEF.reports)
    assert "field.example" not in json.render(replace(BRIEF, reports=mailed))


def test_both_pages_say_how_they_are_to_be_read() -> None:
    for page in (PAGE, markdown.render(BRIEF)):
        assert all(line in page for line in wording.READING)


def test_a_brief_that_asks_for_no_decision_does_not_say_decide() -> None:
    watched = replace(BRIEF, suggestions=tuple(replace(card, suggestion=replace(card.suggestion, kind=Advice.WATCH)) for card in BRIEF.suggestions))
    assert "## Advice: Watch closely" in markdown.render(watched)
    assert "Decide today</h2>" not in html.render(watched)
    assert "Decide today</h2>" in PAGE


def test_a_title_stands_apart_from_its_text_in_a_footnote() -> None:
    titled = replace(BRIEF, reports=tuple(replace(one, title="The gate") for one in BRIEF.reports))
    assert f": **The gate** – {markdown.escape(titled.reports[0].text)}" in markdown.render(titled)


def test_a_quotation_has_its_code_and_a_source_its_letter_with_the_reason() -> None:
    told = BRIEF.situations[0].quotes[0]
    from_ = next(one for one in BRIEF.reports if one.id == told.report_ids[0])
    letter = SourceGrade(source=from_.voice, at=NOW, letter=Reliability.B, confirmed=7, contradicted=2, reason="")
    number = ReportGrade(report_id=from_.id, number=Credibility.PROBABLE, reason="")
    graded = replace(BRIEF, source_grades=(letter,), report_grades=(number,))

    assert 'title="source: usually reliable; report: probably true">B2</span>' in html.render(graded)
    assert "7 confirmed, 2 contradicted, 20 May 2031" in html.render(graded)
    assert f"({markdown.escape(from_.voice)}, {wording.day(from_.at)}; B2)" in markdown.render(graded)
    assert "B – 7 confirmed, 2 contradicted, 20 May 2031" in markdown.render(graded)


def test_what_was_never_judged_is_said_to_be_so_and_nothing_worse() -> None:
    ungraded = replace(BRIEF, source_grades=(), report_grades=())

    for page in (html.render(ungraded), markdown.render(ungraded)):
        assert "not yet judged" in page
        assert "F6" not in page


def test_every_count_of_origins_stands_beside_its_carriers() -> None:
    for page in (PAGE, markdown.render(BRIEF)):
        words = html_unescaped(re.sub(r"<[^>]+>", " ", page.split("How to read this")[0]))
        counts = [match.end() for match in re.finditer(r"\d independent origins?\b", words) if not words[: match.start()].endswith("at least ")]
        assert counts
        assert [words[end : end + 30] for end in counts if not re.match(r", \d+ carriers?\b", words[end : end + 30])] == []


def test_the_figures_are_drawn_with_the_numbers_of_the_reports_that_bear_them() -> None:
    card = next(card for card in BRIEF.situations if card.ranges)
    place = {one.id: number for number, one in enumerate(BRIEF.reports, 1)}
    cited = ", ".join(str(place[key]) for key in sorted(card.ranges[0].report_ids, key=lambda key: place[key]))

    assert "Figures by who states them" in PAGE
    assert f"<td><bdi>{wording.span(card.ranges[0])}</bdi></td><td><bdi>{card.ranges[0].heard}</bdi></td><td><bdi>{cited}</bdi></td>" in PAGE
