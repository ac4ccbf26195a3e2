"""Canonical key -> IRI, and back: the one place (with kg/vocab.py) that spells IRIs out.

Everything that the graph names has an IRI made from its content alone, so that equal things meet by themselves, whatever
machine and run they come from:

    entity        <base>e/vladimir_putin                  key `ref:vladimir_putin`
                  <base>e/person/<percent-encoded name>    key `person:NAME`
    article       <base>a/<id>            its named graph  <base>g/article/<id>
    mention       <base>m/<id>/<start>-<end>, its target …/target, its selectors …/quote and …/position
    claim         <base>claim/<digest>    happening        <base>happening/<relation>/<day>/<digest>
    time          <base>time/<first>[_<last>][/<digest of the words>]
    run           <base>run/<digest>      build            <base>build/<start>
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from rdflib import URIRef

from kg.model import Granularity, Run, Span, Time

DEFAULT_ROOT = "https://w3id.org/kg-arabic-news/"
# The ontology's IRI and the base of the data are settings; the files in ontology/ and queries/ are written with the
# default and rewritten on reading (see `localised`).
ONTOLOGY = os.environ.get("KG_ONTOLOGY") or DEFAULT_ROOT + "ontology#"
PLOVER = os.environ.get("KG_PLOVER") or DEFAULT_ROOT + "plover#"
DATA = os.environ.get("KG_BASE") or DEFAULT_ROOT + "data/"
WIKIDATA = "http://www.wikidata.org/entity/"


def localised(text: str, base: str = DATA) -> str:
    """The text of a shipped ontology, shapes or query file with the IRIs that this installation uses."""
    for default, actual in (("ontology#", ONTOLOGY), ("plover#", PLOVER), ("data/", base)):
        if actual != DEFAULT_ROOT + default:
            text = text.replace(DEFAULT_ROOT + default, actual)
            text = text.replace(f"<{DEFAULT_ROOT}{default[:-1]}>", f"<{actual[:-1]}>")
    return text


def digest(*parts: str) -> str:
    """A short name for content: 80 bits of the SHA-256 of the parts, in hexadecimal.

    >>> digest("a", "b") != digest("ab")
    True
    """
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def content(subject: str, relation: str, object: str) -> str:
    """What claims that state the same share: 64 bits of the SHA-256 of the three, in hexadecimal. It is no longer than that
    because a store keeps strings of up to 16 bytes where it refers to them, without a table of strings.

    >>> len(content("x:e/russia", "member", "x:e/csto"))
    16
    """
    return digest(subject, relation, object)[:16]


@lru_cache(maxsize=65536)
def _path(text: str) -> str:
    """Percent-encoded, so that every store and every URL parser takes it; `_path` can be undone."""
    return quote(text, safe="-._~")


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one base."""

    base: str = DATA

    def entity(self, key: str) -> URIRef:
        """
        >>> str(Iris("x:").entity("ref:russia")), str(Iris("x:").entity("person:a b"))
        ('x:e/russia', 'x:e/person/a%20b')
        """
        return _entity(self.base, key)

    def key(self, iri: str) -> str:
        """The canonical key of an entity's IRI; the empty string when it is no entity's.

        >>> Iris("x:").key("x:e/person/a%20b")
        'person:a b'
        """
        head = self.base + "e/"
        if not iri.startswith(head):
            return ""
        kind, _, name = iri[len(head) :].rpartition("/")
        return f"{unquote(kind) or 'ref'}:{unquote(name)}"

    def article(self, id: str) -> URIRef:
        return URIRef(f"{self.base}a/{_path(id)}")

    def article_id(self, iri: str) -> str:
        """The id of an article's IRI or of its graph's."""
        return unquote(iri.rpartition("/")[2])

    def article_graph(self, id: str) -> URIRef:
        return URIRef(f"{self.base}g/article/{_path(id)}")

    @property
    def article_graphs(self) -> str:
        """What the IRI of every article's graph begins with."""
        return f"{self.base}g/article/"

    def graph(self, name: str) -> URIRef:
        """The graph `name`: background, entities, ontology, runs, builds or analysis."""
        return URIRef(f"{self.base}g/{name}")

    def mention(self, article: str, span: Span) -> URIRef:
        return URIRef(f"{self.base}m/{_path(article)}/{span.start}-{span.end}")

    def quotation(self, article: str, span: Span) -> URIRef:
        return URIRef(f"{self.base}quotation/{_path(article)}/{span.start}-{span.end}")

    def claim(self, *parts: str) -> URIRef:
        """The claim made of `parts`, the content that tells it from other claims."""
        return URIRef(f"{self.base}claim/{digest(*parts)}")

    def fact(self, *parts: str) -> URIRef:
        """A statement of the background made of `parts`."""
        return URIRef(f"{self.base}fact/{digest(*parts)}")

    def happening(self, relation: str, subject: str, object: str, day: dt.date) -> URIRef:
        """The event in which claims of the same relation, participants and day meet."""
        return URIRef(f"{self.base}happening/{relation}/{day}/{digest(subject, object)}")

    def time(self, time: Time, words: bool = True) -> URIRef:
        """The node of a time; without `words` the bare days, which articles share."""
        until = "" if time.last == time.first else f"_{time.last}"
        kind = "" if time.granularity is Granularity.DAY else f"/{time.granularity.value}"
        tail = f"/{digest(time.text)[:10]}" if words and time.text else ""
        return URIRef(f"{self.base}time/{time.first}{until}{kind}{tail}")

    def day(self, day: dt.date) -> URIRef:
        return URIRef(f"{self.base}day/{day}")

    def outlet(self, name: str) -> URIRef:
        return URIRef(f"{self.base}outlet/{_path(name)}")

    def run(self, run: Run) -> URIRef:
        """What made the claims, without the hour at which it ran."""
        settings = [f"{name}={value}" for name, value in run.settings]
        return URIRef(f"{self.base}run/{digest(run.version, run.models, *settings)}")

    def build(self, started: dt.datetime) -> URIRef:
        return URIRef(f"{self.base}build/{started:%Y%m%dT%H%M%S}")

    def measurement(self, *parts: str) -> URIRef:
        return URIRef(f"{self.base}measurement/{digest(*parts)}")


@lru_cache(maxsize=65536)
def _entity(base: str, key: str) -> URIRef:
    kind, _, name = key.partition(":")
    return URIRef(f"{base}e/{_path(name)}" if kind == "ref" else f"{base}e/{_path(kind)}/{_path(name)}")


@lru_cache(maxsize=65536)
def wikidata(number: str) -> URIRef:
    """The Wikidata IRI of a Q-number."""
    return URIRef(WIKIDATA + number)


def is_web(text: str) -> bool:
    """True for an address that can stand in a graph as an IRI as it is."""
    return text.startswith(("http://", "https://")) and not any(c <= " " or c in '<>"{}|\\^`' for c in text)
