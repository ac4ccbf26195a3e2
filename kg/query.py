"""Query files -> tables: headers, safe parameters, limits, refusals.

    shipped() -> dict[str, Query]              the queries that come with the package, by name
    load(name_or_path) -> Query                one of them, or a file
    ask(store, query, given, limits) -> Table  binds parameters as people write them and runs the query
    run(store, sparql, limits) -> Table        runs SPARQL text under the same limits and refusals
    named(store, table, language) -> Table     IRIs replaced by labels, for reading

A query file is standard SPARQL 1.1. Its header documents it in lines that begin with `#+`:

    #+ summary: Who spoke with whom, and when?
    #+ summary_ar: من تحدث مع من، ومتى؟
    #+ theme: contacts
    #+ parameter person: entity? | whose talks; everybody's when left out | صاحب المحادثات، والجميع إن لم يذكر
    #+ parameter since: date = 1900-01-01 | the first day | أول يوم
    #+ column day: the day of the talk | يوم المحادثة

A parameter is a variable with a VALUES block of its own (see kg.rdf.sparql). Its type is entity, relation, date, integer or
text; of a year or a month a date is the first day, but the last for a parameter called `until`. `?` marks one that can be
left out: its block then stands as the file has it (all that it lists), or goes when it holds UNDEF. The block of one that
must be given holds an example, so that the file runs as it is. A query's folder is its theme.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process
from rdflib import Literal, URIRef
from rdflib.term import Node

from kg import files
from kg.asking import lookup
from kg.errors import InputError, QueryError
from kg.iris import is_web, localised
from kg.rdf import sparql
from kg.rdf.terms import Cell, to_rdflib, union_query
from kg.store import Store
from kg.tables import day_given
from kg.vocab import PREFIXES, RELATIONS, XSD
from kg.wording import seconds

TYPES = ("entity", "relation", "date", "integer", "text")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may run, how many rows it may give, and what it may reach (`SERVICE`, `FROM`)."""

    seconds: float = 30.0
    rows: int = 10_000
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: `default` is empty for one that must be given, unless it is optional."""

    name: str
    type: str
    default: str = ""
    optional: bool = False
    help: str = ""
    help_ar: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A query file: its text, and what its header says of it."""

    name: str
    text: str
    summary: str = ""
    summary_ar: str = ""
    theme: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """An answer. `truncated` is true when there were more rows than the limit allows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    truncated: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


def shipped() -> dict[str, Query]:
    """The queries of the package by name, in order."""
    return {path.stem: parse(path.stem, _read(path)) for path in _shipped()}


def _shipped() -> list[Path]:
    return sorted(files.queries().glob("*/*.rq"))


def load(name: str) -> Query:
    """A shipped query by its name, or the query in a file."""
    path = Path(name)
    if path.suffix == ".rq" or path.is_file():
        return parse(path.stem, _read(path))
    known = {path.stem: path for path in _shipped()}
    if name not in known:
        near = ", ".join(found for found, _, _ in process.extract(name, list(known), limit=3))
        raise InputError(f"no query is called {name!r}; the nearest are {near}; `kg query --list` shows all")
    return parse(name, _read(known[name]))


def _read(path: Path) -> str:
    try:
        return localised(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the query file {path} cannot be read: {error}") from error


def parse(name: str, text: str) -> Query:
    """A query from its text. Raises QueryError when its header breaks the form above."""
    told: dict[str, str] = {}
    parameters, columns = [], []
    for line in text.splitlines():
        if not line.startswith("#+"):
            continue
        head, colon, value = line[2:].strip().partition(":")
        word, _, rest = head.partition(" ")
        if not colon:
            raise QueryError(f"{name}: the header line {line!r} has no colon")
        if word == "parameter":
            parameters.append(_parameter(name, rest.strip(), value))
        elif word == "column":
            english, _, arabic = value.partition("|")
            columns.append((rest.strip(), english.strip(), arabic.strip()))
        else:
            told[word] = value.strip()
    return Query(
        name, text, told.get("summary", ""), told.get("summary_ar", ""), told.get("theme", ""), tuple(parameters), tuple(columns)
    )


def _parameter(query: str, name: str, value: str) -> Parameter:
    form, help, help_ar = (*(part.strip() for part in value.split("|", 2)), "", "")[:3]
    type, _, default = (part.strip() for part in form.partition("="))
    optional = type.endswith("?")
    type = type.removesuffix("?")
    if type not in TYPES:
        raise QueryError(f"{query}: the parameter {name} has the type {type!r}; there are {', '.join(TYPES)}")
    return Parameter(name, type, default, optional, help, help_ar)


def ask(store: Store, query: Query, given: Mapping[str, str] | None = None, limits: Limits | None = None) -> Table:
    """Runs a query with its parameters as people write them: `{"person": "بوتين", "since": "2021-08"}`."""
    return run(store, prepared(store, query, given or {}), limits)


def prepared(store: Store, query: Query, given: Mapping[str, str], tell: lookup.Tell = lookup.quiet) -> str:
    """The query's text with its parameters bound as terms. Told when a name was taken that may mean another thing."""
    known = {parameter.name: parameter for parameter in query.parameters}
    unknown = set(given) - set(known) - (set() if query.parameters else sparql.variables(query.text))
    if unknown:
        has = f"it has {', '.join(known)}" if known else "it has none"
        raise QueryError(f"the query {query.name} has no parameter {sorted(unknown)[0]!r}; {has}")
    values: dict[str, list[Node]] = {}
    text = query.text
    for parameter in known.values():
        value = given.get(parameter.name, "") or parameter.default
        if value:
            values[parameter.name] = [_term(store, parameter.type, parameter.name, value, tell)]
        elif parameter.optional:
            text = sparql.unbind(text, parameter.name, only_undefined=True)
        else:
            raise QueryError(f"the query {query.name} needs --param {parameter.name}=… ({parameter.help})")
    for name in set(given) - set(known):
        values[name] = [_guess(store, name, given[name], tell)]
    return sparql.bind(text, values)


def prefixed(text: str) -> str:
    """The query with those of the project's prefixes that it uses and does not declare, as the embedded store takes them.

    >>> prefixed("ASK { ?s a skos:Concept }")
    'PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\\nASK { ?s a skos:Concept }'
    """
    all_ = list(sparql.tokens(text))
    used = {t.text.partition(":")[0] for t in all_ if t.kind == "name"}
    declared = {
        name.text.partition(":")[0]
        for word, name in itertools.pairwise(all_)
        if word.kind == "word" and word.text.upper() == "PREFIX" and name.kind == "name"
    }
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in sorted(used - declared) if p in PREFIXES) + text


def _term(store: Store, type: str, name: str, value: str, tell: lookup.Tell) -> Node:
    if type == "entity":
        if not len(store) and is_web(value):  # another store is asked, and there is no graph here that could know it
            return URIRef(value)
        return lookup.one(store, value, tell).thing.iri
    if type == "relation":
        return RELATIONS[lookup.relation(value)].iri
    if type == "date":
        try:
            return Literal(day_given(value, name).isoformat(), datatype=XSD.date)
        except InputError as error:
            raise QueryError(str(error)) from None
    if type == "integer":
        if not value.lstrip("-").isdecimal():
            raise QueryError(f"{name} wants a whole number, not {value!r}")
        return Literal(str(int(value)), datatype=XSD.integer)
    return Literal(value)


def _guess(store: Store, name: str, value: str, tell: lookup.Tell) -> Node:
    """A value for a variable of a file without a header: a date, a number, else an entity."""
    for type in ("date", "integer", "entity"):
        try:
            return _term(store, type, name, value, tell)
        except QueryError:
            continue
    raise QueryError(f"{name}={value!r} is no date, number or entity of the store")


# -- running ------------------------------------------------------------------------------------------------------


def refuse(text: str, limits: Limits) -> None:
    """Raises QueryError for a query that would change the store or leave it, unless the limits allow it."""
    reached = sparql.reach(text) - limits.allowed
    outside = sorted(reached & {"SERVICE", "FROM"})
    if outside:
        raise QueryError(f"the query would reach outside the store ({outside[0]}); allow that by name if you mean it")
    if reached & sparql.UPDATES and sparql.is_update(text):
        raise QueryError("queries only read: the store is changed by `kg build` and `kg remove`")


def run(store: Store, text: str, limits: Limits | None = None) -> Table:
    """Runs SELECT, ASK, CONSTRUCT or DESCRIBE over the union of the store's graphs, under the limits."""
    limits = limits or Limits()
    refuse(text, limits)
    answer: queue.SimpleQueue[Table | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            answer.put(_collect(store, text, limits))
        except Exception as error:  # handed over to the caller's thread
            answer.put(error)

    # The engine cannot be interrupted, but it lets other threads run: one that is late is left behind.
    threading.Thread(target=work, daemon=True, name="kg-query").start()
    try:
        found = answer.get(timeout=limits.seconds)
    except queue.Empty:
        raise QueryError(f"the query took longer than {seconds(limits.seconds)} and was given up") from None
    if isinstance(found, SyntaxError | ValueError):
        raise QueryError(f"the query is wrong: {str(found).strip().splitlines()[0]}") from found
    if isinstance(found, Exception):
        raise found if isinstance(found, QueryError) else QueryError(f"the query failed: {found}") from found
    return found


def _collect(store: Store, text: str, limits: Limits) -> Table:
    columns, rows = union_query(store.inner, text)
    taken: list[tuple[Cell, ...]] = []
    for row in rows:
        if len(taken) == limits.rows:
            return Table(columns, tuple(taken), truncated=True)
        taken.append(tuple(to_rdflib(cell) for cell in row))
    return Table(columns, tuple(taken))


def named(store: Store, table: Table, language: str = "ar") -> Table:
    """The table with what its IRIs are called: entities, outlets, relations; articles by their id."""
    iris = {cell for row in table.rows for cell in row if isinstance(cell, URIRef)}
    labels = {iri: label_of(store, iri, language) for iri in iris}
    rows = tuple(
        tuple(Literal(labels[cell]) if isinstance(cell, URIRef) else cell for cell in row) for row in table.rows
    )
    return Table(table.columns, rows, table.truncated)


def label_of(store: Store, iri: URIRef, language: str) -> str:
    """What a thing is called, for a reader of `language` (ar or en); the IRI itself when it has no name."""
    if store.iris.key(iri):
        return lookup.named(store, iri, language)
    if str(iri).startswith(store.iris.article("")):
        return store.iris.article_id(iri)
    if str(iri).startswith(store.iris.outlet("")):
        return store.iris.article_id(iri)
    return str(iri).rpartition("#")[2] or str(iri)
