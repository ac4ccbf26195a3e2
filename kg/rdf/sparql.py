"""SPARQL text at the level of tokens: binding values and seeing what a query would reach. No store, no parser of its own.

    bind(text, values)      the query with each variable of `values` held to its terms
    reach(text)             the words in it that leave the store or change it: SERVICE, FROM, LOAD, INSERT, …
    term(node)              an RDF term as SPARQL writes it, whatever characters it holds

A value is never pasted as text: `term` writes it as one token. A parameter of a query is a VALUES block, so that a query
file is standard SPARQL and runs anywhere, with the defaults that stand in it:

    VALUES ?person { <…/e/vladimir_putin> }

`bind` replaces what stands between the braces of such a block; a variable without a block gets one at the start of the
outermost group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.errors import QueryError

# What SPARQL's grammar calls terminals, as far as they must be told apart: an IRI, a string or a comment may hold any
# word; a prefixed name may end in one.
_TOKEN = re.compile(
    r"""
      (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>  \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*''' | "(?:[^"\\\n\r]|\\.)*"
                 | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<comment> \#[^\n\r]* )
    | (?P<var>     [?$]\w+ )
    | (?P<name>    [^\W\d_][\w.-]*:[\w.:%\\-]* | :[\w.:%\\-]* | _:[\w.-]+ )
    | (?P<lang>    @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<word>    [^\W\d_]\w* )
    | (?P<space>   \s+ )
    | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_REACHES = frozenset(["SERVICE", "FROM", "LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING"])


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query: what kind it is, its text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query that mean something, without spaces and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in {"space", "comment"}:
            yield Token(kind, match[0], match.start(), match.end())


def reach(text: str) -> set[str]:
    """The words in the query, in upper case, by which it would leave the store or change it.

    >>> sorted(reach("SELECT * { SERVICE <x:> { ?s ?p 'FROM' } } # LOAD"))
    ['SERVICE']
    """
    return {t.text.upper() for t in tokens(text) if t.kind == "word"} & _REACHES


def term(node: Node) -> str:
    r"""An IRI or a literal as one token of SPARQL.

    >>> print(term(Literal('"} DROP ALL #\n', lang="ar")))
    "\"} DROP ALL #\n"@ar
    """
    if isinstance(node, URIRef):
        if not _TOKEN.fullmatch(f"<{node}>") or re.search(r'[<>"{}|^`\\\x00-\x20]', node):
            raise QueryError(f"{str(node)!r} is no IRI")
        return f"<{node}>"
    if isinstance(node, Literal):
        body = "".join(_ESCAPES.get(c, c) for c in str(node))
        if node.language:
            return f'"{body}"@{node.language}'
        return f'"{body}"^^{term(node.datatype)}' if node.datatype else f'"{body}"'
    raise QueryError("only IRIs and literals can be values of a parameter")


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def bind(text: str, values: Mapping[str, Sequence[Node]]) -> str:
    """The query with each variable held to the terms given for it (see the head of this module).

    >>> bind("SELECT * { VALUES ?s { <x:a> } ?s ?p ?o }", {"s": [URIRef("x:b")]})
    'SELECT * { VALUES ?s { <x:b> } ?s ?p ?o }'
    >>> bind("ASK { ?s ?p ?o }", {"s": [URIRef("x:b")]})
    'ASK { VALUES ?s { <x:b> } ?s ?p ?o }'
    """
    edits: list[tuple[int, int, str]] = []
    blocks = _blocks(text)
    for name, nodes in values.items():
        data = f" {' '.join(term(node) for node in nodes)} "
        if name in blocks:
            edits += [(start, end, data) for start, end in blocks[name]]
        else:
            at = _outermost(text)
            edits.append((at, at, f" VALUES ?{name} {{{data}}}"))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def parameters(text: str) -> set[str]:
    """The variables that have a VALUES block of their own."""
    return set(_blocks(text))


def _blocks(text: str) -> dict[str, list[tuple[int, int]]]:
    """For each variable with VALUES blocks of its own: where what stands between their braces starts and ends."""
    found: dict[str, list[tuple[int, int]]] = {}
    all_ = list(tokens(text))
    for i, (values, name, brace) in enumerate(zip(all_, all_[1:], all_[2:], strict=False)):
        if (
            values.kind == "word"
            and values.text.upper() == "VALUES"
            and name.kind == "var"
            and brace.text == "{"
        ):
            close = next((t for t in all_[i + 3 :] if t.text == "}" and t.kind == "other"), None)
            if close is not None:
                found.setdefault(name.text[1:], []).append((brace.end, close.start))
    return found


def _outermost(text: str) -> int:
    """Where the outermost group of a query's pattern begins; a CONSTRUCT's template is passed over."""
    all_ = list(tokens(text))
    words = [t.text.upper() if t.kind == "word" else "" for t in all_]
    start = words.index("WHERE") if "CONSTRUCT" in words and "WHERE" in words else 0
    for token in all_[start:]:
        if token.kind == "other" and token.text == "{":
            return token.end
    raise QueryError("the query has no pattern in braces")


def variables(text: str) -> set[str]:
    """The names of the query's variables."""
    return {t.text[1:] for t in tokens(text) if t.kind == "var"}


UPDATES = _REACHES - {"SERVICE", "FROM"}


def is_update(text: str) -> bool:
    """True when the query's first word, after its prologue, is one that changes a store."""
    words = [t.text.upper() for t in tokens(text) if t.kind == "word"]
    verbs = [w for w in words if w not in {"PREFIX", "BASE"}]
    return bool(verbs) and verbs[0] in UPDATES


def unbind(text: str, name: str, only_undefined: bool = False) -> str:
    """The query without the VALUES blocks of a variable (or only those that hold UNDEF), which then is free.

    >>> unbind("SELECT * { VALUES ?s { UNDEF } ?s ?p ?o }", "s")
    'SELECT * {  ?s ?p ?o }'
    >>> unbind("SELECT * { VALUES ?s { <x:a> } ?s ?p ?o }", "s", only_undefined=True)
    'SELECT * { VALUES ?s { <x:a> } ?s ?p ?o }'
    """
    all_ = list(tokens(text))
    for start, end in reversed(_blocks(text).get(name, [])):
        if only_undefined and text[start:end].strip().upper() != "UNDEF":
            continue
        values = [t for t in all_ if t.text.upper() == "VALUES" and t.kind == "word" and t.end < start][-1]
        text = text[: values.start] + text[end + 1 :]
    return text
