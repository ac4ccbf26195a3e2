"""The closed vocabularies, equal to ontology/*.ttl (a test holds them together).

`KG` and `PLOVER` fail on a term that they do not have. `RELATIONS` is the closed inventory of relations with what the
ontology says of each, for code that must not load the ontology to know it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import (
    DCTERMS,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SKOS,
    TIME,
    XSD,
    DefinedNamespace,
    Namespace,
)  # fmt: skip

from kg import iris
from kg.model import EntityType

__all__ = ["DCTERMS", "KG", "OA", "ORG", "OWL", "PLOVER", "PREFIXES", "PROV", "RDF", "RDFS", "RELATIONS", "SDO", "SEM", "SH",
           "SKOS", "TIME", "XSD", "Relation"]  # fmt: skip

SH = Namespace("http://www.w3.org/ns/shacl#")


class OA(DefinedNamespace):
    """The terms of the Web Annotation vocabulary that the graph uses."""

    _NS = Namespace("http://www.w3.org/ns/oa#")
    _fail = True

    Annotation: URIRef
    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasBody: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    hasTarget: URIRef
    prefix: URIRef
    start: URIRef
    suffix: URIRef


class SEM(DefinedNamespace):
    """The terms of the Simple Event Model that the graph uses."""

    _NS = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    _fail = True

    Event: URIRef
    eventType: URIRef
    hasActor: URIRef
    hasPlace: URIRef
    hasTime: URIRef


class PLOVER(DefinedNamespace):
    """The event types of PLOVER that relations point to."""

    _NS = Namespace(iris.PLOVER)
    _fail = True

    ACCUSE: URIRef
    AGREE: URIRef
    AID: URIRef
    ASSAULT: URIRef
    COERCE: URIRef
    CONSULT: URIRef
    COOPERATE: URIRef
    MOBILIZE: URIRef
    PROTEST: URIRef
    REJECT: URIRef
    REQUEST: URIRef
    RETREAT: URIRef
    SANCTION: URIRef
    SUPPORT: URIRef
    THREATEN: URIRef
    scheme: URIRef


class KG(DefinedNamespace):
    """The project's own terms."""

    _NS = Namespace(iris.ONTOLOGY)
    _fail = True

    # Classes: entities, and the unions that domains and ranges need
    Actor: URIRef
    ActorOrLocation: URIRef
    Agreement: URIRef
    ArmedGroup: URIRef
    Country: URIRef
    CountryOrOrganization: URIRef
    Entity: URIRef
    Event: URIRef
    GroupOrLocation: URIRef
    LegalPerson: URIRef
    Location: URIRef
    LocationOrOrganizationOrAgreement: URIRef
    Organization: URIRef
    OrganizationOrArmedGroup: URIRef
    OrganizationOrLocation: URIRef
    Person: URIRef
    PersonOrArmedGroup: URIRef
    Place: URIRef
    Topic: URIRef
    # Classes: articles and what they say
    Article: URIRef
    Build: URIRef
    Claim: URIRef
    Fact: URIRef
    Granularity: URIRef
    Happening: URIRef
    Measurement: URIRef
    Mention: URIRef
    Modality: URIRef
    Outlet: URIRef
    Part: URIRef
    Polarity: URIRef
    Quotation: URIRef
    Run: URIRef
    Sentence: URIRef
    Statement: URIRef
    Status: URIRef
    Time: URIRef
    # Individuals
    Asserted: URIRef
    Cancelled: URIRef
    Day: URIRef
    Denied: URIRef
    Held: URIRef
    Hypothetical: URIRef
    Month: URIRef
    Negative: URIRef
    Planned: URIRef
    Positive: URIRef
    Range: URIRef
    Reported: URIRef
    Requested: URIRef
    Scheduled: URIRef
    Week: URIRef
    Year: URIRef
    # Properties: articles, mentions, claims, happenings, times, runs, measurements
    about: URIRef
    article: URIRef
    attributedTo: URIRef
    betweenness: URIRef
    claim: URIRef
    community: URIRef
    confidence: URIRef
    content: URIRef
    day: URIRef
    degree: URIRef
    digest: URIRef
    evidence: URIRef
    evidenceOf: URIRef
    extractor: URIRef
    fingerprint: URIRef
    firstDay: URIRef
    former: URIRef
    foundBy: URIRef
    granularity: URIRef
    happening: URIRef
    host: URIRef
    initiator: URIRef
    lastDay: URIRef
    measured: URIRef
    mention: URIRef
    mentionOf: URIRef
    modality: URIRef
    models: URIRef
    note: URIRef
    objectMention: URIRef
    pagerank: URIRef
    participant: URIRef
    place: URIRef
    polarity: URIRef
    portfolio: URIRef
    position: URIRef
    recipient: URIRef
    relation: URIRef
    rule: URIRef
    run: URIRef
    setting: URIRef
    since: URIRef
    source: URIRef
    sourceText: URIRef
    speaker: URIRef
    status: URIRef
    subjectMention: URIRef
    text: URIRef
    time: URIRef
    topic: URIRef
    trigger: URIRef
    until: URIRef
    version: URIRef
    wire: URIRef
    wording: URIRef
    words: URIRef
    # Annotation properties of relations
    kind: URIRef
    plover: URIRef
    # Relations
    accused: URIRef
    active_in: URIRef
    agreed_with: URIRef
    aids: URIRef
    attacked: URIRef
    bans: URIRef
    borders: URIRef
    called_on: URIRef
    capital_of: URIRef
    child_of: URIRef
    condemned: URIRef
    conflict_with: URIRef
    controls: URIRef
    cooperates_with: URIRef
    denied_accusation_of: URIRef
    deployed_to: URIRef
    detained: URIRef
    expressed_concern_about: URIRef
    head_of_government_of: URIRef
    head_of_state_of: URIRef
    intervened_in: URIRef
    invited: URIRef
    leader_of: URIRef
    left: URIRef
    member: URIRef
    met_with: URIRef
    minister_of: URIRef
    negotiated_with: URIRef
    official_of: URIRef
    opposes: URIRef
    part_of: URIRef
    participated_in: URIRef
    protested_against: URIRef
    relative_of: URIRef
    sanctioned: URIRef
    spoke_with: URIRef
    spokesperson_of: URIRef
    supports: URIRef
    threatens: URIRef
    travelled_to: URIRef
    visited: URIRef
    warned: URIRef
    withdrew_from: URIRef


_TYPES = {
    "P": EntityType.PERSON, "C": EntityType.COUNTRY, "O": EntityType.ORGANIZATION, "G": EntityType.ARMED_GROUP,
    "L": EntityType.PLACE, "E": EntityType.EVENT, "T": EntityType.TOPIC, "D": EntityType.AGREEMENT,
}  # fmt: skip
# Which class stands for which set of types, in the letters of `_TYPES` (L is a place that is no state here).
UNIONS = {
    "Person": "P", "Country": "C", "Organization": "O", "ArmedGroup": "G", "Place": "L", "Event": "E", "Topic": "T",
    "Agreement": "D", "Actor": "PCOG", "ActorOrLocation": "PCOGL", "CountryOrOrganization": "CO", "Entity": "PCOGLETD",
    "GroupOrLocation": "OGLC", "LegalPerson": "COP", "Location": "LC", "LocationOrOrganizationOrAgreement": "LCOD",
    "OrganizationOrArmedGroup": "OG", "OrganizationOrLocation": "OLC", "PersonOrArmedGroup": "PG",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the inventory; `kind` is standing, contact, agreement, words or force, `plover` may be empty."""

    name: str
    domain: str
    range: str
    kind: str
    plover: str = ""
    symmetric: bool = False

    @property
    def iri(self) -> URIRef:
        return KG[self.name]

    @property
    def domain_types(self) -> frozenset[EntityType]:
        return types(self.domain)

    @property
    def range_types(self) -> frozenset[EntityType]:
        return types(self.range)


def types(union: str) -> frozenset[EntityType]:
    """The entity types that a class of domains and ranges covers.

    >>> sorted(types("Location"))
    [<EntityType.COUNTRY: 'Country'>, <EntityType.PLACE: 'Place'>]
    """
    return frozenset(_TYPES[letter] for letter in UNIONS[union])


_TABLE = """
head_of_state_of         Person    Country                  standing
head_of_government_of    Person    Country                  standing
minister_of              Person    Country                  standing
spokesperson_of          Person    Actor                    standing
leader_of                Person    GroupOrLocation          standing
official_of              Person    LegalPerson              standing
member                   Organization LegalPerson           standing
part_of                  OrganizationOrLocation OrganizationOrLocation standing
capital_of               Location  Country                  standing
borders                  Location  Location                 standing  -         sym
child_of                 Person    Person                   standing
relative_of              Person    Person                   standing  -         sym
spoke_with               Actor     Actor                    contact   CONSULT   sym
met_with                 Actor     Actor                    contact   CONSULT   sym
visited                  Person    Location                 contact   CONSULT
negotiated_with          Actor     Actor                    contact   CONSULT   sym
invited                  Actor     Actor                    contact   CONSULT
participated_in          Actor     Event                    contact   CONSULT
agreed_with              Actor     Actor                    agreement AGREE     sym
cooperates_with          Actor     Actor                    agreement COOPERATE sym
aids                     Actor     Actor                    agreement AID
supports                 Actor     Actor                    agreement SUPPORT
expressed_concern_about  Actor     Entity                   words
warned                   Actor     Actor                    words     THREATEN
called_on                Actor     Actor                    words     REQUEST
accused                  Actor     Actor                    words     ACCUSE
condemned                Actor     Actor                    words     ACCUSE
denied_accusation_of     Actor     Actor                    words     REJECT
opposes                  Actor     Actor                    words     REJECT
threatens                Actor     ActorOrLocation          words     THREATEN
attacked                 Actor     ActorOrLocation          force     ASSAULT
conflict_with            Actor     Actor                    force     -         sym
protested_against        Actor     Actor                    force     PROTEST
detained                 Actor     PersonOrArmedGroup       force     COERCE
sanctioned               Actor     Actor                    force     SANCTION
bans                     CountryOrOrganization Actor        force     COERCE
controls                 Actor     Location                 force     ASSAULT
active_in                OrganizationOrArmedGroup Location  force
deployed_to              Actor     Location                 force     MOBILIZE
withdrew_from            Actor     LocationOrOrganizationOrAgreement force RETREAT
left                     Person    Location                 force
travelled_to             Person    Location                 force
intervened_in            Actor     Location                 force
"""


def _relation(line: str) -> Relation:
    name, domain, range_, kind, *rest = line.split()
    plover = rest[0] if rest and rest[0] != "-" else ""
    return Relation(name, domain, range_, kind, plover, "sym" in rest)


RELATIONS: dict[str, Relation] = {r.name: r for r in map(_relation, _TABLE.strip().splitlines())}

# The prefixes of every file that the project writes.
PREFIXES: dict[str, str] = {
    "kg": iris.ONTOLOGY,
    "plover": iris.PLOVER,
    "dcterms": str(DCTERMS),
    "oa": str(OA._NS),
    "org": str(ORG._NS),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SDO),
    "sem": str(SEM._NS),
    "skos": str(SKOS),
    "time": str(TIME),
    "wd": iris.WIKIDATA,
    "xsd": str(XSD),
}
