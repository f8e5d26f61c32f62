"""Ask <-> signed link: what a partner without a key answers by."""

import base64
import hashlib
import hmac
import re

from flows.settings import Settings
from store.opt_in import Ask
from store.plain import canonical

_TOKEN = re.compile(r"([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{43})")
NONCE_BYTES = 16


def token(ask: Ask, key: bytes) -> str:
    """Sign an ask: its nonce, then HMAC-SHA256 (RFC 2104) over what it is for, its blueprint, partner, nonce and expiry, in 65 letters.

    It is the whole secret of the link: it is never written to a log or a file, and made again whenever it is needed.
    """
    return ask.nonce + _text(_mac(ask, key))


def nonce_of(words: str) -> str:
    """Return the nonce that a token names its ask by, "" for what cannot be a token. This alone proves nothing: see `genuine`."""
    parts = _TOKEN.fullmatch(words)
    return parts[1] if parts else ""


def genuine(words: str, ask: Ask, key: bytes) -> bool:
    """Say whether a token was signed for this very ask."""
    return hmac.compare_digest(words.encode(), token(ask, key).encode())


def address(settings: Settings) -> str:
    """Return where partners reach the API, without a slash at the end."""
    return settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"


def nonce(random: bytes) -> str:
    """Spell 16 random bytes as a nonce."""
    return _text(random)


def _mac(ask: Ask, key: bytes) -> bytes:
    purpose = "opt-in" if ask.blueprint_id else "question"
    said = canonical([purpose, ask.blueprint_id, ask.id, ask.partner_id, ask.nonce, ask.expires_at])
    return hmac.new(key, said.encode(), hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
