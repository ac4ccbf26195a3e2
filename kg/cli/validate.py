"""kg validate: does the graph, or a file, conform to the shapes?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.errors import InputError, ValidationError
from kg.wording import counted, one_line

if TYPE_CHECKING:
    from kg.storage.validate import Fault

TOLD = 100


def run(
    what: Annotated[
        list[str] | None,
        typer.Argument(help="Ids of articles, or RDF files (.ttl .trig .nt .nq .jsonld .rdf, each also .gz); the whole store when left out.", show_default=False),
    ] = None,
    graph: options.Graph = options.DEFAULT,
    language: options.Language = "en",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as violations.")] = False,
) -> None:
    """Hold the graph against the SHACL shapes, one article at a time; exit status 8 where it breaks them."""
    spoken = options.language(language)
    graphs = violations = warnings = 0
    for name, faults in _found(what or [], graph, spoken):
        graphs += 1
        for fault in faults:
            violations += fault.severity == "Violation"
            warnings += fault.severity != "Violation"
            if violations + warnings <= TOLD:
                typer.echo(one_line(f"{name}: {fault}"))
    typer.echo(f"{counted(graphs, 'graph')}, {counted(violations, 'violation')}, {counted(warnings, 'warning')}")
    if violations or (strict and warnings):
        raise ValidationError("the graph does not conform; each line above says where and why")


def _found(what: list[str], folder: Path, language: str) -> Iterator[tuple[str, tuple[Fault, ...]]]:
    from kg.storage import validate

    files = [Path(name) for name in what if Path(name).is_file()]
    ids = [name for name in what if not Path(name).is_file()]
    for file in files:
        yield from validate.check_file(file, language)
    if what and not ids:
        return
    with options.open_store(folder) as store:
        known = store.known()
        for name in ids:
            if name not in known:
                raise InputError(f"{name!r} is no file and no article of the store")
        yield from validate.check_store(store, ids or None, language)
