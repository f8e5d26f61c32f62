"""Character map -> the double-array trie in which tokenizers' `Precompiled` normaliser wants it."""

import struct
import sys
import unicodedata
from collections.abc import Mapping
from itertools import chain

_LEAF = 1 << 31
_HAS_LEAF = 1 << 8
_END = 0


def charsmap(replacements: Mapping[str, str]) -> bytes:
    """Pack `replacements` (text -> text) as SentencePiece does: trie size, trie units, zero-ended replacements.

    The units are those of Darts-clone (Yata, 2008): a child stands at base XOR label, a value at the base itself.
    """
    blob = bytearray()
    tree: dict[int, object] = {}
    for source, target in sorted(replacements.items()):
        _plant(tree, source.encode(), len(blob))
        blob += target.encode() + b"\0"
    units = _units(tree)
    return struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + bytes(blob)


def compositions() -> dict[str, str]:
    """Return base letter plus combining marks -> precomposed letter, for clusters short enough (under 6 bytes) for the normaliser to look up whole."""
    found = {}
    for letter in map(chr, chain(range(0x80, 0xD800), range(0xE000, 0x11000))):
        whole = unicodedata.normalize("NFD", letter)
        if len(whole) > 1 and unicodedata.normalize("NFC", whole) == letter:
            halves = (whole, unicodedata.normalize("NFC", whole[:-1]) + whole[-1])
            found.update({half: letter for half in halves if len(half.encode()) < 6})
    return found


def _plant(tree: dict[int, object], key: bytes, value: int) -> None:
    node: dict[int, object] = tree
    for byte in key:
        child = node.setdefault(byte, {})
        if not isinstance(child, dict):
            raise TypeError("a zero byte inside a key")
        node = child
    node[_END] = value


def _units(tree: dict[int, object]) -> list[int]:
    units = [0] * 256
    taken = {0}
    bases: set[int] = set()
    waiting: list[tuple[int, dict[int, object]]] = [(0, tree)]
    while waiting:
        position, node = waiting.pop()
        base = _free_base(sorted(node), taken, bases)
        units.extend([0] * ((base | 0xFF) + 1 - len(units)))
        units[position] |= (position ^ base) << 10 | (_HAS_LEAF if _END in node else 0)
        for label, child in node.items():
            taken.add(base ^ label)
            if isinstance(child, dict):
                units[base ^ label] = label
                waiting.append((base ^ label, child))
            elif isinstance(child, int):
                units[base] = _LEAF | child
    return units


def _free_base(labels: list[int], taken: set[int], bases: set[int]) -> int:
    for place in range(1, sys.maxsize):
        base = place ^ labels[0]
        if base not in bases and place not in taken and not any(base ^ label in taken for label in labels):
            bases.add(base)
            return base
    raise AssertionError("unreachable: there is always a free block")
