"""Marked-up or untidy text -> plain text."""

import html
import re
import unicodedata

import nh3
from inscriptis import get_text

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
TABLES = ["table", "tr", "td", "th", "thead", "tbody"]
BLOCKS = frozenset(["p", "div", "br", "hr", "pre", "span", "blockquote", "section", "article", "ul", "ol", "li", "dl", "dt", "dd", *HEADINGS, *TABLES])
TAG_LIMIT = 30_000
TAG = re.compile(r"<[a-zA-Z/!?][^>]{0,2000}>")
MARKUP = re.compile(TAG.pattern + r"|&(?:[a-zA-Z]{2,8}|#\d{2,7}|#x[0-9a-fA-F]{2,6});")
SPACES = re.compile(r"[ \t\u00a0]+")
BLANK_LINES = re.compile(r"\n{3,}")
CONTROLS = dict.fromkeys(code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t")
# Embeddings, overrides and isolates: they change the order in which a text is shown and are never needed to read it.
BIDI_OVERRIDES = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Zero-width space, word joiner, byte order mark, soft hyphen: they split words for a reader that matches. ZWJ and ZWNJ stay: Persian and Hindi need them.
INVISIBLE = dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0x00AD, 0x180E))


def text_of_html(markup: str) -> str:
    """Return the readable text of HTML: scripts, styles and hidden parts gone, blocks on lines of their own.

    Meant for the sandbox: hostile markup can be slow. Of more than 30,000 tags only the tags are taken out, since sanitising deeply nested
    ones takes time that grows with their square.
    """
    if markup.count("<") > TAG_LIMIT:
        return squeeze(html.unescape(TAG.sub(" ", markup)))
    safe = nh3.clean(markup, tags=set(BLOCKS), attributes={"*": {"style"}}, link_rel=None)
    # The layout engine resolves entities twice.
    text = get_text(safe.replace("&amp;", "&amp;amp;")) if safe.strip() else ""
    # The layout engine gives up on markup nested hundreds deep; the words are still there.
    return squeeze(text) or squeeze(html.unescape(nh3.clean(markup, tags=set())))


def text_of_either(words: str) -> str:
    """Return plain text from a field that may hold HTML or plain words, as feeds do."""
    return text_of_html(words) if MARKUP.search(words) else squeeze(words)


def squeeze(text: str) -> str:
    """Make one space of several, at most one blank line in a row, no space at the ends of lines."""
    lines = (SPACES.sub(" ", line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())


def without_controls(text: str) -> str:
    """Return the text in NFC with line ends as newlines and no control character but newline and tab."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS))


def for_matching(text: str) -> str:
    """Return the text without characters that hide or reorder words."""
    return text.translate(BIDI_OVERRIDES).translate(INVISIBLE)
