"""Where the package's data files lie, in an installed wheel as in a source tree.

Nothing else in the package computes a path of its own. `ontology/` and `queries/` stand at the top of the source tree;
the wheel carries them as `kg/ontology` and `kg/queries`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DATA = PACKAGE / "data"
REFERENCE = DATA / "reference"
RULES = DATA / "rules"
SAMPLES = DATA / "samples"
MODELS = PACKAGE / "models"


@cache
def knowledge() -> str:
    """The first 12 hexadecimal digits of the SHA-256 over rules, lexicons and reference data: what a run records."""
    total = hashlib.sha256()
    for folder in (REFERENCE, DATA / "lexicon", RULES):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in {".toml", ".tsv"}):
            total.update(path.relative_to(DATA).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


def _beside(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def ontology() -> Path:
    """The folder of the ontology and the shapes."""
    return _beside("ontology")


def queries() -> Path:
    """The folder of the shipped queries."""
    return _beside("queries")
