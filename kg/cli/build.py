"""kg build: articles in; graph, dumps, page and store out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress
from kg.errors import InputError, ValidationError
from kg.wording import counted

if TYPE_CHECKING:
    from kg.pipeline import Summary

# Problems and faults that are told one by one; the rest is counted.
TOLD = 10
PROBLEMS = "problems.txt"


def run(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files (.txt .html .json .jsonl, each also .gz), folders, `-` for standard input, `samples` for ours.", show_default=False),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to; made, or extended.")] = options.DEFAULT,
    models: Annotated[str, typer.Option("--models", help="`shipped`, `official`, or a folder of Stanza models; else what `kg models use` says.", show_default="shipped")] = "",
    published: Annotated[str | None, typer.Option(help="The day of publication of every article, whatever they say.")] = None,
    field: Annotated[list[str] | None, typer.Option("--field", "-f", help="A field of the JSON under another name: `text=body`. Repeat it.")] = None,
    threshold: Annotated[float, typer.Option(min=0, max=1, help="The confidence from which a claim makes an edge.")] = 0.5,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0 for as many as pay.")] = 0,
    top: Annotated[int, typer.Option(min=0, help="The most entities on the page; 0 for all that it carries.")] = 0,
    validate: Annotated[bool, typer.Option(help="Hold each article's graph against the shapes.")] = True,
) -> None:
    """Build a graph from articles, or extend the one that is there."""
    from kg import files, modelset, pipeline

    wanted = pipeline.Options(
        models=modelset.find(models) if models else modelset.find(),
        threshold=threshold,
        fields=_fields(field or []),
        published=options.day(published, "published"),
        jobs=jobs,
        validate=validate,
        page_top=top,
    )
    places = [str(files.SAMPLES) if path == "samples" and not Path(path).exists() else path for path in paths]
    with progress("articles") as tell:
        summary = pipeline.build(places, out, wanted, lambda s: tell(s.done, s.expected, _skipped(s)))
    _problems(summary, out)
    _told(summary, out)
    _faults(summary)


def _fields(pairs: list[str]) -> dict[str, str]:
    from kg.articles import FIELDS

    found = {}
    for pair in pairs:
        name, _, theirs = pair.partition("=")
        if name not in FIELDS or not theirs:
            raise InputError(f"--field {pair!r}: write OURS=THEIRS, where OURS is one of {', '.join(FIELDS)}")
        found[name] = theirs
    return found


def _skipped(summary: Summary) -> str:
    return f"{len(summary.problems)} skipped" if summary.problems else ""


def _problems(summary: Summary, out: Path) -> None:
    """Each article that was skipped: the first on the screen, all in a file beside the graph."""
    place = out / PROBLEMS
    lines = [f"{problem.where}: {problem.why}" for problem in summary.problems]
    if not lines:
        place.unlink(missing_ok=True)
        return
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for text in lines[:TOLD]:
        typer.echo(f"skipped: {text}", err=True)
    if len(lines) > TOLD:
        typer.echo(f"skipped: {len(lines) - TOLD} more, all in {place}", err=True)


def _told(summary: Summary, out: Path) -> None:
    from kg import pipeline

    counts = summary.counts
    pace = f", {summary.words / summary.seconds:,.0f} words a second" if summary.words and summary.seconds else ""
    typer.echo(
        f"read {counted(summary.new, 'article')}"
        + (f", {summary.same} unchanged" if summary.same else "")
        + (f", {len(summary.problems)} skipped" if summary.problems else "")
        + f" in {summary.seconds:.1f} s{pace}"
    )
    typer.echo(
        f"the graph holds {counted(counts['articles'], 'article')}, {counted(counts['entities'], 'entity', 'entities')},"
        f" {counted(counts['edges'], 'edge')} from {counted(counts['claims'], 'claim')}; {counted(counts['triples'], 'triple')}"
    )
    if summary.left_out:
        typer.echo(f"page: {summary.left_out}")
    for what, name in (("page", pipeline.PAGE), ("turtle", pipeline.TURTLE), ("trig", pipeline.TRIG), ("store", pipeline.STORE)):
        typer.echo(f"  {what:7} {out / name}")


def _faults(summary: Summary) -> None:
    """Warnings are told; a violation ends the command with its status, after everything is written."""
    warnings = [(id, fault) for id, fault in summary.faults if fault.severity != "Violation"]
    broken = [(id, fault) for id, fault in summary.faults if fault.severity == "Violation"]
    for id, fault in (broken + warnings)[:TOLD]:
        typer.echo(f"{id}: {fault}", err=True)
    if len(summary.faults) > TOLD:
        typer.echo(f"{len(summary.faults) - TOLD} more; `kg validate` lists them all", err=True)
    if broken:
        raise ValidationError(f"{counted(len(broken), 'breach', 'breaches')} of the shapes in {counted(len({id for id, _ in broken}), 'article')}; see `kg validate`")
