"""What made a graph, as triples: the graphs beside those of the articles.

    run_triples(run, settings) -> list[Triple]       the provenance of a run, stated once in the graph `runs`
    build_triples(run, settings) -> list[Triple]     when a run was started: the graph `builds`, left out of dumps
    ontology_triples() -> list[Triple]               the ontology that the graph is in: the graph `ontology`
"""

from __future__ import annotations

from typing import cast

from rdflib import Graph, Literal

from kg import files, iris
from kg.graph import Settings, Triple
from kg.model import Run
from kg.vocab import KG, PROV, RDF, RDFS, XSD


def run_triples(run: Run, settings: Settings | None = None) -> list[Triple]:
    """What made the claims: version, models, settings."""
    node = (settings or Settings()).iris.run(run)
    out: list[Triple] = [
        (node, RDF.type, KG.Run),
        (node, RDF.type, PROV.Activity),
        (node, RDFS.label, Literal(f"kg {run.version}", lang="en")),
        (node, KG.version, Literal(run.version)),
        (node, KG.models, Literal(run.models)),
    ]
    return out + [(node, KG.setting, Literal(f"{name}={value}")) for name, value in run.settings]


def build_triples(run: Run, settings: Settings | None = None) -> list[Triple]:
    """When the run was started; nothing when the run does not say."""
    made = (settings or Settings()).iris
    if run.started is None:
        return []
    build = made.build(run.started)
    return [
        (build, RDF.type, KG.Build),
        (build, RDF.type, PROV.Activity),
        (build, KG.run, made.run(run)),
        (build, PROV.startedAtTime, Literal(run.started.isoformat(), datatype=XSD.dateTime)),
    ]


def ontology_triples() -> list[Triple]:
    """The ontology and the event types as they are shipped, with the IRIs of this installation."""
    out: list[Triple] = []
    for name in ("kg.ttl", "plover.ttl"):
        text = iris.localised((files.ontology() / name).read_text(encoding="utf-8"))
        out += cast(list[Triple], list(Graph().parse(data=text, format="turtle")))
    return out
