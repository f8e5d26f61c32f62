"""A teaser -> the whole article, for feeds that carry no more than a teaser (off by default)."""

from dataclasses import replace

import httpx
from trafilatura import extract

from ingest import sandbox
from ingest.clean import squeeze
from ingest.decode import decode
from ingest.fetch import FeedLimits, fetch_feed
from store.records import SourceState, Submission

SECONDS = 10.0


def complete(submission: Submission, client: httpx.Client, limits: FeedLimits) -> Submission:
    """Return the submission with its article's text where the page can be fetched and says more than the teaser, else as it is."""
    if not submission.url:
        return submission
    page = fetch_feed(submission.url, SourceState(location=submission.url, name=submission.source), client, limits)
    text = sandbox.run(article_of, page.body, SECONDS) if page.body else ""
    if isinstance(text, sandbox.Failure) or len(text) <= len(submission.text):
        return submission
    return replace(submission, text=text)


def article_of(page: bytes) -> str:
    """Extract an article's running text from a page; empty where there is none."""
    return squeeze(extract(decode(page), include_comments=False, include_tables=False) or "")
