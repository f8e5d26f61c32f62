"""Small building blocks of inline SVG: escaped by construction, numbers cut to one decimal."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from reports.wording import visible

# Okabe and Ito (2008): told apart under the three common forms of colour blindness; each also has its own pattern.
HUES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture and the table that says the same in numbers."""

    svg: Markup
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tag(name: str, *children: str | Markup, **attributes: str | float) -> Markup:
    """Make one element; underscores in attribute names become hyphens, a trailing one is dropped; plain text is escaped."""
    written = Markup("").join(Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _value(value)) for key, value in attributes.items())
    inside = Markup("").join(child if isinstance(child, Markup) else escape(visible(child)) for child in children)
    return Markup("<{}{}>{}</{}>").format(Markup(name), written, inside, Markup(name))  # noqa: S704 - names are literals of this folder


def _value(value: str | float) -> str:
    return visible(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def picture(size: tuple[int, int], title: str, description: str, *children: Markup) -> Markup:
    """Wrap shapes into an <svg> that scales, with a title and a description for screen readers."""
    head = (tag("title", title), tag("desc", description))
    return tag("svg", *head, *children, viewBox=f"0 0 {size[0]} {size[1]}", role="img", class_="figure", preserveAspectRatio="xMidYMid meet")


def text(x: float, y: float, words: str, anchor: str = "start", kind: str = "label") -> Markup:
    """Set words at a point."""
    return tag("text", words, x=x, y=y, text_anchor=anchor, class_=kind)


def pattern(key: str, number: int) -> Markup:
    """Define fill number `number`: one hue and one hatching, so that bands differ in grey too."""
    strokes = ("", "M0 6L6 0", "M0 3H6", "M3 0V6", "M0 0L6 6M0 6L6 0", "M3 2V4")[number % len(HUES)]
    ground = tag("rect", width=6, height=6, fill=HUES[number % len(HUES)])
    lines = tag("path", d=strokes, stroke="#fff", stroke_width=1.2, fill="none") if strokes else Markup("")
    return tag("pattern", ground, lines, id=key, width=6, height=6, patternUnits="userSpaceOnUse")
