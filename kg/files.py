"""Where the package's data files lie, in an installed wheel as in a source tree.

Nothing else in the package computes a path of its own. `ontology/` and `queries/` stand at the top of the source tree;
the wheel carries them as `kg/ontology` and `kg/queries`.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DATA = PACKAGE / "data"
REFERENCE = DATA / "reference"
RULES = DATA / "rules"
SAMPLES = DATA / "samples"
MODELS = PACKAGE / "models"


def _beside(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def ontology() -> Path:
    """The folder of the ontology and the shapes."""
    return _beside("ontology")


def queries() -> Path:
    """The folder of the shipped queries."""
    return _beside("queries")
