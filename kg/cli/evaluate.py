"""kg evaluate: a graph against gold relations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kg.measure.evaluation import Figures, Graph, Report

_Floor = Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Exit with status 1 where the strict figure is lower.")]


def run(
    graph: Annotated[
        list[Path],
        typer.Argument(
            help="The folder of a graph, or dumps (.ttl, .nq, .trig …). Folders that hold relations.tsv are more gold.",
            show_default=False,
        ),
    ],
    gold: Annotated[
        list[Path], typer.Option("--gold", help="A folder with relations.tsv and entities.tsv; may be repeated.", show_default=False)
    ],
    ignore_graph: Annotated[
        list[str], typer.Option("--ignore-graph", help="Leave out edges of named graphs whose IRI contains this.")
    ] = ["background"],  # noqa: B006 - typer copies it
    as_json: Annotated[bool, typer.Option("--json", help="All figures as JSON.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Name what was missed and what is wrong.")] = False,
    min_f1: _Floor = None,
    min_precision: _Floor = None,
    min_recall: _Floor = None,
) -> None:
    """Measure a graph against gold relations."""
    from kg.measure import evaluation

    more = [path for path in graph if (path / "relations.tsv").is_file()]
    read = evaluation.read_gold([*gold, *more])
    made = evaluation.read_graph([path for path in graph if path not in more], ignore_graph)
    report = evaluation.evaluate(made, read)
    if as_json:
        typer.echo(json.dumps(values(report, made if listed else None), ensure_ascii=False, indent=1))
    else:
        for line in [*(_names(report, made) if listed else []), *_lines(report)]:
            typer.echo(line)
    figures = report.strict.all
    floors = ((figures.f1, min_f1), (figures.precision, min_precision), (figures.recall, min_recall))
    if any(floor is not None and figure < floor for figure, floor in floors):
        raise typer.Exit(1)


def values(report: Report, graph: Graph | None = None) -> dict[str, Any]:
    """The report as plain values; the first names are those of the gold's own scorer. With a graph also the names of
    what was missed and what is wrong."""
    strict, claims = report.strict, report.claims
    out = {
        "edges": strict.edges,
        **_values(strict.all),
        "claims_asserted": claims.asserted,
        "claims": claims.gold,
        "edges_between_known_entities": report.known_edges,
        "relations": {name: _values(figures) for name, figures in strict.relations.items()},
        "claim_rows": claims.rows,
        "claims_present": claims.present,
        "claims_put_right": claims.put_right,
        "text": _values(report.text.all),
        "by_article": _values(report.by_article.all) if report.by_article else None,
    }
    if graph:
        out["missed"] = [str(fact) for fact in strict.missed]
        out["false"] = [_edge(edge, graph) for edge in strict.wrong]
        out["only_claims"] = [_edge(edge, graph) for edge in strict.asserted]
    return out


def _values(figures: Figures) -> dict[str, Any]:
    return {
        "gold": figures.gold, "found": figures.found, "right": figures.right, "wrong": figures.wrong,
        "precision": round(figures.precision, 4), "recall": round(figures.recall, 4), "f1": round(figures.f1, 4),
        "precision_95": [round(bound, 4) for bound in figures.precision_95],
        "recall_95": [round(bound, 4) for bound in figures.recall_95],
        "f1_95": [round(bound, 4) for bound in figures.f1_95],
    }  # fmt: skip


def _edge(edge: tuple[str, str, str], graph: Graph) -> str:
    return f"{graph.show(edge[0])} {edge[1]} {graph.show(edge[2])}"


def _names(report: Report, graph: Graph) -> list[str]:
    return [
        *(f"missed        {fact}" for fact in report.strict.missed),
        *(f"false         {_edge(edge, graph)}" for edge in report.strict.wrong),
        *(f"only a claim  {_edge(edge, graph)}" for edge in report.strict.asserted),
        *(f"no claim      {fact}" for fact in report.claims.missed),
    ]


def _lines(report: Report) -> list[str]:
    claims = report.claims
    lines = [f"{'':26} {'gold':>5} {'found':>5} {'right':>5} {'wrong':>5}  {'precision':17} {'recall':17} F1"]
    lines += [_row(name, figures) for name, figures in report.strict.relations.items()]
    lines += ["", _row("all, strict", report.strict.all), _row("all, by the text", report.text.all)]
    if report.by_article:
        lines.append(_row("all, article by article", report.by_article.all))
    lines.append(
        f"claims of the gold ({claims.rows}): {claims.asserted} edges wrongly assert one, {claims.present} are there as claims, "
        f"{claims.put_right} of them put as the gold says"
    )
    return lines


def _row(name: str, figures: Figures) -> str:
    judged = figures.right + figures.wrong
    shown = "  ".join(
        f"{value:.3f} {low:.2f}-{high:.2f}" if defined else f"{'-':15}"
        for value, (low, high), defined in (
            (figures.precision, figures.precision_95, judged),
            (figures.recall, figures.recall_95, figures.gold),
            (figures.f1, figures.f1_95, judged and figures.gold),
        )
    )
    return f"{name:26} {figures.gold:5} {figures.found:5} {figures.right:5} {figures.wrong:5}  {shown}".rstrip()
