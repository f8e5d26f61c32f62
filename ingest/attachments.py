"""A file's bytes -> its text, for text, PDF and DOCX. Runs in the sandbox."""

import io

from docx2python import docx2python
from pypdf import PdfReader

from ingest.clean import squeeze, text_of_html
from ingest.decode import decode
from ingest.letter import File
from ingest.sheet import check_archive

PAGES = 200
TEXT_LIMIT = 200_000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def readable(file: File) -> bool:
    """Tell whether `text_of` can read this kind of file; nothing else is ever opened."""
    return file.media_type.startswith("text/") or _is_pdf(file) or _is_docx(file)


def text_of(file: File) -> str:
    """Return the file's text, at most 200,000 characters. Raises whatever its reader raises."""
    if _is_pdf(file):
        pages = PdfReader(io.BytesIO(file.content)).pages[:PAGES]
        return squeeze("\n\n".join(page.extract_text() for page in pages))[:TEXT_LIMIT]
    if _is_docx(file):
        check_archive(file.content)
        with docx2python(io.BytesIO(file.content)) as document:
            return squeeze(document.text)[:TEXT_LIMIT]
    words = decode(file.content)
    return (text_of_html(words) if file.media_type == "text/html" else squeeze(words))[:TEXT_LIMIT]


def _is_pdf(file: File) -> bool:
    return file.content.startswith(b"%PDF-")


def _is_docx(file: File) -> bool:
    return file.content.startswith(b"PK\x03\x04") and (file.media_type == DOCX or file.name.lower().endswith(".docx"))
