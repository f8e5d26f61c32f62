"""What a name was first found in -> its id."""

import hashlib


def name_id(kind: str, found_in: str, form: str) -> str:
    """Return "per:" or "org:" and twelve hexadecimal digits that depend on the first report (or correction) and the form alone."""
    known = "\n".join((found_in, form)).encode("utf-8", "surrogatepass")
    return f"{kind}:{hashlib.blake2b(known, digest_size=6).hexdigest()}"
