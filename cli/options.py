"""Options that several commands share."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="TIME", help="See nothing later than this, such as 2014-04-30 or 2014-04-30T18:00:00Z. Now when left out.")
]
OneReport = Annotated[str, typer.Option("--report", metavar="ID", help="Only in this report; in all when left out.")]
Why = Annotated[str, typer.Option("--reason", help="Why, for those who come after you.")]
