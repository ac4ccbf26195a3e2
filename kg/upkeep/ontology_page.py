"""The HTML reference of the ontology: pyLODE's page, with the individuals and the event types that pyLODE leaves out.

    python -m kg.upkeep.ontology_page docs/ontology/index.html
"""

from __future__ import annotations

import html
import sys
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.term import Node

from kg import files
from kg.vocab import OWL, RDF, RDFS, SKOS

_BEFORE = '<div id="namespaces">'  # where pyLODE's sections of terms end


def page() -> str:
    """The whole page; needs pyLODE, which comes with the tools for tests."""
    from pylode import OntPub  # type: ignore[import-not-found, import-untyped, unused-ignore]

    text = str(OntPub(files.ontology() / "kg.ttl", sort_subjects=True).make_html())
    ontology, plover = (Graph().parse(files.ontology() / name) for name in ("kg.ttl", "plover.ttl"))
    individuals = _section("Named Individuals", "individuals", ontology, OWL.NamedIndividual, RDFS.comment)
    types = _section("PLOVER event types", "plover", plover, SKOS.Concept, SKOS.definition)
    head, found, tail = text.partition(_BEFORE)
    if not found:
        raise ValueError("pyLODE's page has no section of namespaces any more, before which ours could stand")
    return head + individuals + types + found + tail


def _section(title: str, id: str, graph: Graph, kind: URIRef, explains: URIRef) -> str:
    rows = "".join(_row(graph, term, explains) for term in sorted(graph.subjects(RDF.type, kind), key=str))
    return f'<div class="section" id="{id}"><h2>{title}</h2><table>\n{rows}</table></div>\n'


def _row(graph: Graph, term: Node, explains: URIRef) -> str:
    def both(link: URIRef) -> str:
        texts = sorted(graph.objects(term, link), key=lambda text: getattr(text, "language", "") != "en")
        return "<br/>".join(f'<span lang="{getattr(t, "language", "")}" dir="auto">{html.escape(str(t))}</span>' for t in texts)

    name = str(term)
    local = name.rpartition("#")[2]
    kinds = ", ".join(sorted(str(o).rpartition("#")[2] for o in graph.objects(term, RDF.type) if o != OWL.NamedIndividual))
    return f'<tr id="{local}"><th>{both(RDFS.label)}</th><td><code>{html.escape(name)}</code> ({kinds})<br/>{both(explains)}</td></tr>\n'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
