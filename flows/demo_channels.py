"""Submission* -> a Maildir and feeds served on 127.0.0.1, as the demo's senders and publishers would have them."""

import mailbox
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from store.records import SourceKind, Submission


def maildir(folder: Path, entries: Sequence[Submission], domain: Callable[[str], str]) -> Path:
    """Write each entry as a mail from its source's press desk into a Maildir."""
    box = mailbox.Maildir(folder, create=True)
    for entry in entries:
        mail = EmailMessage()
        mail["From"] = f"Press desk <press@{domain(entry.source)}>"
        mail["To"] = "reports@coalition.example"
        mail["Subject"] = entry.title
        mail["Date"] = format_datetime(dated(entry))
        mail["Message-ID"] = f"<{entry.key}@{domain(entry.source)}>"
        mail.set_content(entry.text)
        box.add(mail)
    box.close()
    return folder


def blogs_and_news(entries: Sequence[Submission]) -> dict[str, bytes]:
    """Map path to RSS 2.0 document: news in one feed, blogs in the other."""
    return {
        "/news.xml": rss("Demo news", [entry for entry in entries if entry.source_kind is SourceKind.NEWS]),
        "/blogs.xml": rss("Demo blogs", [entry for entry in entries if entry.source_kind is SourceKind.BLOG]),
    }


def rss(title: str, entries: Sequence[Submission]) -> bytes:
    """Write an RSS 2.0 document that names each entry's real publisher in <source>."""
    parts = "".join(rss_entry(entry) for entry in entries)
    head = f"<title>{escape(title)}</title><link>http://127.0.0.1/</link><description>{escape(title)}</description>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{parts}</channel></rss>'.encode()


def rss_entry(entry: Submission) -> str:
    """Write one <item>."""
    fields = {"title": entry.title, "description": entry.text, "link": entry.url, "pubDate": format_datetime(dated(entry))}
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    return f'<item><guid isPermaLink="false">{escape(entry.key)}</guid><source url={quoteattr(entry.url)}>{escape(entry.source)}</source>{inner}</item>'


def dated(entry: Submission) -> datetime:
    """Say when the entry was said; the history has no undated ones."""
    return entry.occurred_at or datetime.fromtimestamp(0, UTC)


@contextmanager
def serving(documents: Mapping[str, bytes]) -> Iterator[str]:
    """Serve documents on a free port of 127.0.0.1; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = documents.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name http.server asks for
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
