"""kg build: articles in, graph, dumps, page and store out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options


def run(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or - for standard input.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to; made or extended.")] = options.DEFAULT,
) -> None:
    """Build or extend a graph from articles."""
    from kg import modelset, pipeline

    pipeline.build(paths, out, pipeline.Options(models=modelset.find()))
