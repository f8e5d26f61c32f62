"""keys create, list, revoke: who may send and read."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.options import Json
from cli.tell import as_json, as_table, data, fail, say
from store.records import SourceKind

app = typer.Typer(help="API keys for partners and readers.", no_args_is_help=True, rich_markup_mode=None)


class Scope(StrEnum):
    """What a key may do."""

    REPORT = "report"
    READ = "read"
    CORRECT = "correct"
    COORDINATE = "coordinate"
    ANSWER = "answer"


@app.command()
def create(
    owner: Annotated[str, typer.Argument(help="Who gets the key. Stays in the vault and is never published.")],
    kind: Annotated[SourceKind, typer.Option(help="What sort of voice it is.")] = SourceKind.PARTNER,
    scope: Annotated[list[Scope] | None, typer.Option(help="What the key may do; may be given several times. `report` when left out.")] = None,
    source: Annotated[str, typer.Option(help="Public name of its reports; a pseudonym when left out.")] = "",
    partner: Annotated[str, typer.Option(help="Partner of the coalition it belongs to, by id; with it the key may answer what that partner is asked.")] = "",
    json: Json = False,
) -> None:
    """Make a key and print it. It is shown this once: only its hash is kept.

    Example: hivecast keys create "Example Relief" --kind ngo
    """
    from flows.settings import load_settings
    from flows.wiring import now, open_vault

    settings = load_settings()
    if partner:
        _known(partner.strip(), settings)
    if not owner.strip():
        fail("The owner's name is empty. Say who gets the key.", Exit.USAGE)
    with open_vault(settings) as vault:
        key = vault.create_key(owner.strip(), kind, _scopes(scope, partner), now(), source.strip())
        if partner:
            vault.bind_key(key.prefix, partner.strip())
        shown = next(known.source for known in tuple(vault.keys()) if known.prefix == key.prefix)
    if json:
        as_json({"prefix": key.prefix, "key": key.secret, "source": shown})
        return
    data(key.secret)
    say(f"Keep it now, it is not shown again. Its reports appear as {shown}. Revoke it with: hivecast keys revoke {key.prefix}")


def _scopes(scope: list[Scope] | None, partner: str) -> list[str]:
    """Say what a key may do; one of a partner may answer what the partner is asked, unless scopes are named."""
    return [one.value for one in scope or ([Scope.REPORT, Scope.ANSWER] if partner else [Scope.REPORT])]


def _known(partner: str, settings: Any) -> None:
    from flows.documents import PARTNER
    from flows.wiring import open_journal, open_vault

    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        known = dict(journal.documents(PARTNER))
    if partner not in known:
        fail(f"There is no partner {partner}. See: hivecast partners list", Exit.NOT_FOUND)


@app.command("list")
def list_(json: Json = False) -> None:
    """List all keys, the revoked ones too; secrets are not among them.

    Example: hivecast keys list
    """
    from flows.settings import load_settings
    from flows.wiring import open_vault

    with open_vault(load_settings()) as vault:
        keys = vault.keys()
    if json:
        as_json(keys)
        return
    columns = ("prefix", "owner", "source", "kind", "scopes", "partner", "created", "revoked")
    as_table(columns, [(k.prefix, k.owner, k.source, k.source_kind.value, " ".join(k.scopes), k.partner_id, k.created_at, k.revoked_at) for k in keys])


@app.command()
def revoke(prefix: Annotated[str, typer.Argument(help="The eight characters after hc_; see `keys list`.")]) -> None:
    """Close a key at once, in a running API too.

    Example: hivecast keys revoke k3x9a7q2
    """
    from flows.settings import load_settings
    from flows.wiring import now, open_vault

    with open_vault(load_settings()) as vault:
        done = vault.revoke(prefix, now())
    if not done:
        fail(f"There is no open key {prefix}. See: hivecast keys list", Exit.NOT_FOUND)
    say(f"Key {prefix} is revoked.")
