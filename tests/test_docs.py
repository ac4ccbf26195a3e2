"""The documentation is held to what is there: modules, commands, queries, links, pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import cli, query

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_the_page_of_the_architecture_names_every_module_where_it_lies_and_no_other() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    stages, rest = text.split("## The packages")
    packages = rest.split("## Where a new thing goes")[0]
    here = {path.stem for path in (ROOT / "kg").glob("*.py")} - {"__init__", "pipeline"}
    folders = {path.parent.name for path in (ROOT / "kg").glob("*/__init__.py")} - {"cli"}
    named = set(re.findall(r"`([a-z_]+)`", stages))
    assert here <= named
    assert named <= here | folders
    rows = {row[0]: set(row[1:]) for line in packages.splitlines() if (row := re.findall(r"`([a-z_]+)`", line)) and line[0] == "|"}
    assert rows.keys() == folders
    for folder in folders - {"training"}:
        assert rows[folder] == {path.stem for path in (ROOT / "kg" / folder).glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_and_queries_that_are_written_about_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = {*cli.COMMANDS, *cli.GROUPS}
    used = set(re.findall(r"(?:^|[`$(]\s?)kg ([a-z]+)", text, re.MULTILINE))
    assert used <= commands
    asked = set(re.findall(r"kg query ([a-z_]+)\b(?!\.)", text))
    assert asked <= set(query.shipped())
