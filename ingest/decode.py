"""bytes -> str, whatever the label says: nothing raises, and nothing is silently lost but what no encoding can read."""

import codecs

from charset_normalizer import from_bytes

SAMPLE = 1 << 16
# Too few bytes to tell an alphabet by.
SHORT = 32
LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1258", "cp874", "koi8_r", "koi8_u", "iso8859_2", "iso8859_6", "mac_roman"]
LIKELY += ["shift_jis", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr", "utf_16", "utf_32"]
# Codecs of Python that are no character sets, or that let a text hide another one.
NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem", "unknown_8bit"})


def decode(raw: bytes, charset: str = "") -> str:
    """Decode `raw`: the declared charset, else UTF-8, else the likeliest one, else with replacement characters. NUL is dropped."""
    for name in (_known(charset), "utf-8-sig"):
        text = _strictly(raw, name)
        if text is not None:
            return text.replace("\0", "")
    return _likeliest(raw).replace("\0", "")


def _known(charset: str) -> str:
    """Return the codec's name where the declared charset is a real one; 7-bit labels are left to UTF-8, which contains them."""
    try:
        found = codecs.lookup(charset.strip().strip("\"'"))
    except (LookupError, ValueError, UnicodeError):
        return ""
    if found.name.replace("-", "_") in NOT_CHARSETS or found.name == "ascii" or not getattr(found, "_is_text_encoding", True):
        return ""
    return found.name


def _strictly(raw: bytes, name: str) -> str | None:
    if not name:
        return None
    try:
        return _without_surrogates(raw.decode(name))
    except (UnicodeError, ValueError, LookupError):
        return None


def _likeliest(raw: bytes) -> str:
    best = from_bytes(raw[:SAMPLE], cp_isolation=LIKELY).best() if len(raw) > SHORT else None
    return _without_surrogates(raw.decode(best.encoding if best else "cp1252", "replace"))


def _without_surrogates(text: str) -> str:
    """utf-7 and utf-16 with surrogatepass can still hold half a character, which nothing further down can store."""
    return text.encode("utf-8", "replace").decode("utf-8")
