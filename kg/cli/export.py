"""kg export: the graph as files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.wording import counted

if TYPE_CHECKING:
    from kg.store import Store


def run(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files to write. Their names say the format: .ttl .trig .nt .nq .jsonld .rdf .graphml .csv, each also with .gz.",
            show_default=False,
        ),
    ],
    graph: options.Graph = options.DEFAULT,
    format: Annotated[str, typer.Option("--format", "-f", help="The format, where a name does not say it: turtle, trig, ntriples, nquads, jsonld, rdfxml, graphml or csv.")] = "",
    style: Annotated[str, typer.Option(help="The columns of CSV: `gephi` or `neo4j`.")] = "gephi",
    background: Annotated[bool | None, typer.Option("--background/--no-background", help="With what the reference data adds. As it is: only in formats that keep named graphs.", show_default=False)] = None,
    language: options.Language = "ar",
) -> None:
    """Write the graph as RDF, GraphML or CSV. A .csv becomes two files, NAME-nodes.csv and NAME-edges.csv."""
    from kg.storage import exports

    spoken = options.language(language)
    kinds = [exports.kind(path, format) for path in paths]
    with options.open_store(graph) as store:
        for path, kind in zip(paths, kinds, strict=True):
            for made, line in _write(store, path, kind, style, background, spoken):
                typer.echo(f"{made}: {line}")


def _write(
    store: Store, path: Path, kind: str, style: str, background: bool | None, language: str
) -> list[tuple[Path, str]]:
    from kg.storage import dumps, exports

    if kind == "graphml":
        return [(path, counted(exports.graphml(store, path, language), "edge"))]
    if kind == "csv":
        nodes, edges = exports.csv_paths(path)
        return [
            (nodes, counted(exports.csv_nodes(store, nodes, style, language), "node")),
            (edges, counted(exports.csv_edges(store, edges, style), "edge")),
        ]
    wanted = kind in dumps.NAMED if background is None else background
    return [(path, counted(dumps.dump(store, path, kind, wanted), "statement"))]
