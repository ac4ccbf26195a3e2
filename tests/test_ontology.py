"""`ontology/kg.ttl` is OWL 2 DL in RDF as the OWL API and editors built on it want it: everything declared, each term of one
kind, datatypes that reasoners know, nothing to fetch, no structure that the mapping from RDF cannot read."""

from __future__ import annotations

import pytest
from rdflib import BNode, Graph, Literal, URIRef

from kg import files
from kg.vocab import KG, OWL, RDF, RDFS, SDO, SKOS, XSD

BUILT_IN = tuple(map(str, (RDF, RDFS, OWL, XSD)))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual, RDFS.Datatype)
PROPERTIES = KINDS[1:4]
# The annotation properties that OWL 2 itself has.
ANNOTATES = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated, OWL.priorVersion}
# The datatypes of OWL 2 that the ontology may need (section 4 of its structural specification), and any literal.
DATATYPES = {XSD[name] for name in ("decimal", "integer", "nonNegativeInteger", "double", "float", "string", "boolean", "dateTime", "anyURI")} | {RDFS.Literal}
# Axioms between classes, and between properties: what stands on either side is of that kind.
OF_CLASSES = {RDFS.subClassOf, OWL.disjointWith, OWL.equivalentClass}
OF_PROPERTIES = {RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty, OWL.propertyDisjointWith}
CHARACTERISTICS = {OWL.SymmetricProperty, OWL.AsymmetricProperty, OWL.TransitiveProperty, OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty}


def faults(graph: Graph) -> set[str]:
    """What OWL 2 DL forbids in the graph, each as `term: fault`; as far as the ontology's own means of expression go."""
    kinds: dict[object, set[object]] = {s: {o for o in graph.objects(s, RDF.type) if o in KINDS} for s in graph.subjects(RDF.type)}
    found = {f"{term}: two kinds of property" for term, of in kinds.items() if len(of & {*PROPERTIES}) > 1}
    found |= {f"{term}: class and datatype" for term, of in kinds.items() if {OWL.Class, RDFS.Datatype} <= of}
    found |= {f"{term}: punned" for term, of in kinds.items() if len(of) > 1}
    found |= {f"{term}: reserved, and declared" for term, of in kinds.items() if str(term).startswith(BUILT_IN) and of}
    found |= {f"{s}: of a reserved class" for s, o in graph.subject_objects(RDFS.subClassOf) if str(o).startswith(BUILT_IN) and o != OWL.Thing}
    found |= {f"{s}: imports" for s in graph.subjects(OWL.imports)}
    found |= {f"{x}: no name" for triple in graph for x in triple if isinstance(x, BNode)}

    def kind(term: object, wanted: object) -> bool:
        return wanted in kinds.get(term, ()) or (wanted == OWL.Class and term == OWL.Thing)

    for s, p, o in graph:
        if p == RDF.type:
            if o in CHARACTERISTICS and not kind(s, OWL.ObjectProperty):
                found.add(f"{s}: {o} is for object properties")
            elif not str(o).startswith(BUILT_IN) and not (kind(o, OWL.Class) and kind(s, OWL.NamedIndividual)):
                found.add(f"{s}: an individual or its class is not declared")
        elif p in OF_CLASSES:
            found |= {f"{x}: no declared class" for x in (s, o) if not kind(x, OWL.Class)}
        elif p in OF_PROPERTIES:
            both = [kinds.get(x, set()) & {*PROPERTIES} for x in (s, o)]
            if not both[0] or both[0] != both[1] or (p == OWL.inverseOf and both[0] != {OWL.ObjectProperty}):
                found.add(f"{s}: {p} {o}, which is of another kind or not declared")
        elif p == RDFS.domain and not kind(s, OWL.AnnotationProperty):
            found |= set() if kind(o, OWL.Class) else {f"{s}: the domain {o} is no declared class"}
        elif p == RDFS.range and not kind(s, OWL.AnnotationProperty):
            fits = o in DATATYPES if kind(s, OWL.DatatypeProperty) else kind(o, OWL.Class)
            found |= set() if fits else {f"{s}: the range {o} does not fit"}
        elif str(p).startswith(BUILT_IN) and p not in ANNOTATES:
            found.add(f"{p}: a means of OWL that this test does not know")
        elif p not in ANNOTATES and not any(kind(p, of) for of in PROPERTIES):
            found.add(f"{p}: used and not declared")
        elif kind(p, OWL.ObjectProperty) and isinstance(o, Literal):
            found.add(f"{p}: an object property with a literal")
        elif kind(p, OWL.DatatypeProperty) and not isinstance(o, Literal):
            found.add(f"{p}: a datatype property with a thing")
        if isinstance(o, Literal) and o.datatype and o.datatype not in DATATYPES:
            found.add(f"{s}: a literal of {o.datatype}")
    return found


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(files.ontology() / "kg.ttl")


def test_the_ontology_is_owl_2_dl(ontology: Graph) -> None:
    assert faults(ontology) == set()
    (one,) = ontology.subjects(RDF.type, OWL.Ontology)
    assert isinstance(one, URIRef) and ontology.value(one, OWL.versionInfo)


def test_characteristics_that_dl_forbids_together(ontology: Graph) -> None:
    """A property that is transitive or has a transitive one below it is in no cardinality, asymmetric or irreflexive axiom."""
    simple = {OWL.AsymmetricProperty, OWL.IrreflexiveProperty, OWL.FunctionalProperty, OWL.InverseFunctionalProperty}
    composite = {up for s in ontology.subjects(RDF.type, OWL.TransitiveProperty) for up in ontology.transitive_objects(s, RDFS.subPropertyOf)}
    assert not [p for p in composite if simple & set(ontology.objects(p, RDF.type))]


@pytest.mark.parametrize(
    ("triple", "told"),
    [
        ((KG.day, RDF.type, OWL.ObjectProperty), "two kinds of property"),
        ((KG.Person, RDF.type, KG.Modality), "not declared"),
        ((KG.Person, RDF.type, OWL.NamedIndividual), "punned"),
        ((KG.Person, RDFS.subClassOf, URIRef("x:Undeclared")), "no declared class"),
        ((KG.Claim, RDFS.subClassOf, RDF.Statement), "of a reserved class"),
        ((KG.sourceText, RDFS.subPropertyOf, KG.source), "of another kind"),
        ((KG.day, RDFS.range, XSD.date), "does not fit"),
        ((KG.met_with, RDFS.range, XSD.string), "does not fit"),
        ((KG.met_with, RDFS.domain, URIRef("x:Undeclared")), "no declared class"),
        ((KG.Person, SKOS.editorialNote, Literal("x")), "used and not declared"),
        ((KG.Asserted, KG.met_with, Literal("x")), "object property with a literal"),
        ((KG.Asserted, KG.day, KG.Denied), "datatype property with a thing"),
        ((KG.day, RDF.type, OWL.SymmetricProperty), "for object properties"),
        ((XSD.date, RDF.type, RDFS.Datatype), "reserved"),
        ((URIRef("x:o"), OWL.imports, URIRef("http://www.w3.org/ns/prov-o")), "imports"),
        ((KG.Person, RDFS.subClassOf, BNode()), "no name"),
        ((KG.Person, RDFS.comment, Literal("2020-01-01", datatype=XSD.date)), "a literal of"),
        ((KG.Person, SDO.domainIncludes, KG.Person), ""),
    ],
)
def test_what_dl_forbids_is_noticed(ontology: Graph, triple: tuple[URIRef, URIRef, URIRef], told: str) -> None:
    found = faults(Graph() + ontology + (Graph().add(triple)))
    assert any(told in fault for fault in found) if told else not found
