"""Settings and journal -> every feed and mailbox with the health of its last visit."""

from flows.settings import Settings
from flows.wiring import open_journal, open_vault
from store.records import SourceState


def known_sources(settings: Settings) -> tuple[SourceState, ...]:
    """List what is configured, visited or not (then its health is `never`), and what was visited before and is no longer configured."""
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        visited = {state.location: state for state in journal.source_states()}
    named = {feed.url: feed.name for feed in settings.feeds} | {box.location: box.user for box in settings.mailboxes}
    configured = [visited.pop(location, SourceState(location=location, name=name)) for location, name in named.items()]
    return (*configured, *(visited[location] for location in sorted(visited)))
