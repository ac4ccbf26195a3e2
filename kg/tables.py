"""Data files with a schema: TSV tables and TOML files -> frozen pydantic values, with errors that name file and entry.

Every data file of the package is read here. A schema is a pydantic model; a cell that divides alternatives by `|`
becomes a tuple; a date may be a year, a month or a day.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kg.errors import DataError, InputError


class Row(BaseModel):
    """The base of all schemas: unknown columns are errors, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


R = TypeVar("R", bound=Row)


def _alternatives(cell: object) -> object:
    if isinstance(cell, str):
        return tuple(part.strip() for part in cell.split("|") if part.strip())
    return cell


Names = Annotated[tuple[str, ...], BeforeValidator(_alternatives)]

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def _partial_date(cell: object) -> object:
    if isinstance(cell, str) and cell and not _DATE.fullmatch(cell):
        raise ValueError(f"{cell!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    return cell


PartialDate = Annotated[str, BeforeValidator(_partial_date)]


def first_day(date: str) -> dt.date:
    """The first day of a year, month or day: 2018 -> 2018-01-01. Raises ValueError when there is no such day."""
    year, month, day = (int(part) if part else 1 for part in _DATE.fullmatch(date).groups())  # type: ignore[union-attr]
    return dt.date(year, month, day)


def last_day(date: str) -> dt.date:
    """The last day of a year, month or day: 2018-02 -> 2018-02-28."""
    first = first_day(date)
    if len(date) == 4:
        return dt.date(first.year, 12, 31)
    if len(date) == 7:
        return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return first


def day_given(value: str, name: str) -> dt.date:
    """A day as people give it: of a year or a month the first, but the last for what is called `until`. Raises InputError.

    >>> [str(day_given(value, "since")) for value in ("2021", "2021-8", "2021-08-23")]
    ['2021-01-01', '2021-08-01', '2021-08-23']
    >>> str(day_given("2021-02", "until")), str(day_given("2021", "--until"))
    ('2021-02-28', '2021-12-31')
    """
    parts = value.split("-")
    try:
        padded = "-".join((f"{int(parts[0]):04}", *(f"{int(part):02}" for part in parts[1:])))
        return (last_day if name.endswith("until") else first_day)(padded)
    except (ValueError, AttributeError):
        raise InputError(f"{name} wants a day such as 2021-08-23, not {value!r}") from None


def read_table(path: Path, schema: type[R]) -> tuple[R, ...]:
    """The rows of a TSV table. Raises DataError that names the file, the line and what is allowed."""
    return tuple(row for _, row in _numbered(path, schema))


def _numbered(path: Path, schema: type[R]) -> Iterator[tuple[int, R]]:
    header: list[str] | None = None
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            _check_header(path, header, schema)
            continue
        if len(cells) > len(header):
            raise DataError(f"{path.name} line {number}: {len(cells)} cells, but the header has {len(header)} columns")
        cells += [""] * (len(header) - len(cells))
        yield number, _parse(path, f"line {number} ({cells[0]})", dict(zip(header, cells, strict=True)), schema)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def _check_header(path: Path, header: list[str], schema: type[Row]) -> None:
    allowed = list(schema.model_fields)
    if unknown := [name for name in header if name not in allowed]:
        raise DataError(f"{path.name}: unknown column {unknown[0]!r}; allowed are {', '.join(allowed)}")


def _parse(path: Path, entry: str, values: dict[str, Any], schema: type[R]) -> R:
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise DataError(f"{path.name} {entry}: {where}: {fault['msg']} (found {fault['input']!r})") from error


def read_toml(path: Path, table: str, schema: type[R]) -> tuple[R, ...]:
    """The entries of the array `[[table]]` of a TOML file. Raises DataError as `read_table` does."""
    data = _toml(path)
    if unknown := [name for name in data if name != table]:
        raise DataError(f"{path.name}: unknown table {unknown[0]!r}; allowed is {table}")
    return tuple(
        _parse(path, f"{table} {n} ({entry.get('id', '?')})", entry, schema)
        for n, entry in enumerate(data.get(table, []), start=1)
    )


def read_settings(path: Path, schema: type[R]) -> R:
    """A whole TOML file as one value."""
    return _parse(path, "file", _toml(path), schema)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: cannot be read: {error}") from error
