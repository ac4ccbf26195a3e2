"""Tables -> text: the formats in which an answer leaves the program.

    written(table, format) -> str       csv, tsv, json or xml, as SPARQL 1.1 defines them; terms keep what they are

CSV drops languages and datatypes, as its definition has it; TSV, JSON and XML keep them.
"""

from __future__ import annotations

from rdflib import Variable
from rdflib.query import Result

from kg.errors import InputError
from kg.query import Table

FORMATS = ("csv", "tsv", "json", "xml")


def written(table: Table, format: str) -> str:
    """The table in one of `FORMATS`. Raises InputError for another.

    >>> written(Table(("a", "b"), ((Variable("x"), None),)), "tsv")
    '?a\\t?b\\n?x\\t\\n'
    """
    if format not in FORMATS:
        raise InputError(f"no format is called {format!r}; there are {', '.join(FORMATS)}")
    if format == "tsv":
        return _tsv(table)
    data = result(table).serialize(format=format)
    return (data or b"").decode("utf-8").replace("\r\n", "\n")


def result(table: Table) -> Result:
    """The table as rdflib's answer to a SELECT, or to an ASK."""
    if table.columns == ("ask",):
        asked = Result("ASK")
        asked.askAnswer = bool(table.rows[0][0])
        return asked
    selected = Result("SELECT")
    selected.vars = [Variable(name) for name in table.columns]
    selected.bindings = [
        {Variable(name): cell for name, cell in zip(table.columns, row, strict=True) if cell is not None}
        for row in table.rows
    ]
    return selected


def _tsv(table: Table) -> str:
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += ["\t".join("" if cell is None else _one_line(cell.n3()) for cell in row) for row in table.rows]
    return "".join(f"{line}\n" for line in lines)


def _one_line(term: str) -> str:
    """A term in Turtle's syntax without the line breaks and tabs that its long strings may hold."""
    if not term.startswith('"""'):
        return term.replace("\t", "\\t")
    body, _, tail = term[3:].rpartition('"""')
    escaped = body.replace('\\"', '"').replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"{tail}'
