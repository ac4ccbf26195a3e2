"""The ontology in the OWL API, with which Protégé opens it, and in HermiT, which reasons over all of OWL 2 DL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg import files
from tests.java import machine

pytestmark = [pytest.mark.java, pytest.mark.xdist_group("java")]
PROFILES = "org.semanticweb.owlapi.profiles"


@pytest.fixture(scope="module")
def java() -> Any:
    return machine.start().JClass


def opened(java: Any, path: Path) -> Any:
    manager = java("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    return manager.loadOntologyFromOntologyDocument(java("java.io.File")(str(path)))


@pytest.fixture(scope="module")
def ontology(java: Any) -> Any:
    return opened(java, files.ontology() / "kg.ttl")


def reasoner(java: Any, ontology: Any) -> Any:
    return java("org.semanticweb.HermiT.ReasonerFactory")().createReasoner(ontology)


def test_it_opens_with_its_terms_and_both_languages(ontology: Any) -> None:
    names = {str(c.getIRI().getShortForm()) for c in ontology.getClassesInSignature()}
    assert {"Person", "Country", "Claim", "Mention"} <= names
    assert {"met_with", "member", "head_of_state_of"} <= {str(p.getIRI().getShortForm()) for p in ontology.getObjectPropertiesInSignature()}
    labels = [str(a.getValue()) for a in ontology.getAxioms() if str(a.getAxiomType()) == "AnnotationAssertion" and a.getProperty().isLabel()]
    assert {"@ar", "@en"} == {label[-3:] for label in labels if label[-3:-2] == "@"}


@pytest.mark.parametrize("profile", ["OWL2Profile", "OWL2DLProfile", "OWL2RLProfile"])
def test_it_is_in_the_profile(java: Any, ontology: Any, profile: str) -> None:
    report = java(f"{PROFILES}.{profile}")().checkOntology(ontology)
    assert [str(fault) for fault in report.getViolations()] == []


def test_it_is_consistent_and_no_class_is_empty(java: Any, ontology: Any) -> None:
    hermit = reasoner(java, ontology)
    assert hermit.isConsistent()
    assert [str(c) for c in hermit.getUnsatisfiableClasses()] == ["owl:Nothing"]


def test_a_contradiction_is_found(java: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    more = "\n<urn:x> a kg:Person , kg:Country , owl:NamedIndividual .\n"
    wrong.write_text((files.ontology() / "kg.ttl").read_text("utf-8") + more, "utf-8")
    assert not reasoner(java, opened(java, wrong)).isConsistent()
