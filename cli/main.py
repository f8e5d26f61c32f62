"""`hivecast`: the door for operators and analysts. Commands load what they need when they are called, so that --help is quick."""

from typing import Any

import typer
from typer.core import TyperGroup

from cli import (
    blueprints,
    coalition,
    consult,
    forecasts,
    keys,
    ledger,
    look,
    names,
    obstacles,
    places,
    quarantine,
    read_files,
    rule,
    run,
    setup,
    suggestions,
    take_in,
)
from cli.exits import MEANINGS, code_of
from cli.tell import say
from store.errors import HivecastError

EXITS = "Exit codes: " + " ".join(f"{code.value} {meaning.split('.')[0].split(';')[0].lower()};" for code, meaning in MEANINGS.items()).rstrip(";") + "."


class Told(TyperGroup):
    """Turn an error that a person can mend into one line on stderr and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except HivecastError as error:
            say(f"hivecast: {error}")
            raise typer.Exit(code_of(error)) from None


app = typer.Typer(
    cls=Told,
    name="hivecast",
    help="Partner reports, news feeds and e-mails in; a cited forecast brief out.",
    epilog=EXITS,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
setup.add_to(app)
take_in.add_to(app)
run.add_to(app)
read_files.add_to(app)
forecasts.add_to(app)
look.add_to(app)
rule.add_to(look.situations)
consult.add_to(app)
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(keys.app, name="keys")
app.add_typer(coalition.objectives, name="objectives")
app.add_typer(coalition.partners, name="partners")
app.add_typer(look.situations, name="situations")
app.add_typer(suggestions.app, name="suggestions")
app.add_typer(blueprints.app, name="blueprints")
app.add_typer(consult.questions, name="questions")
app.add_typer(ledger.app, name="forecasts")
app.add_typer(places.app, name="places")
app.add_typer(names.app, name="names")
app.add_typer(obstacles.app, name="obstacles")

if __name__ == "__main__":
    app()
