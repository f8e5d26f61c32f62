"""ISO 3166-1 alpha-2 code -> English name."""

from functools import lru_cache

from babel import Locale


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return dict(Locale("en").territories)


def country_name(code: str) -> str:
    """Return the English name of a country; an unknown code stands for itself."""
    return _countries().get(code, code)
