"""Real SPARQL stores on loopback, started for a test and stopped after it: Oxigraph's server and Virtuoso."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
VIRTUOSO = shutil.which("virtuoso-t")


@dataclass(frozen=True, slots=True)
class Server:
    """A store's addresses: of its Graph Store Protocol, its updates, its queries; and who may write."""

    name: str
    gsp: str
    update: str
    query: str
    auth: httpx.Auth | None = None


def need(binary: str | None, name: str) -> str:
    """The binary; a missing one skips the test, but fails it where CI=true."""
    if binary is None:
        message = f"{name} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return binary


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, ready: str, seconds: float) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            until = time.monotonic() + seconds
            while not _answers(ready):
                if process.poll() is not None or time.monotonic() > until:
                    pytest.fail(f"{command[0]} did not start: {(folder / 'server.log').read_text('utf-8')[-2000:]}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, params={"query": "ASK { }"}, timeout=5).is_success
    except httpx.TransportError:
        return False


@contextmanager
def oxigraph(folder: Path, union: bool = True) -> Iterator[Server]:
    """Oxigraph's own server; with `union`, its queries see all named graphs."""
    binary, port = need(OXIGRAPH, "Oxigraph's server (PyPI: oxigraph)"), free_port()
    at = f"http://127.0.0.1:{port}"
    command = [binary, "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with _running(command + (["--union-default-graph"] if union else []), folder, f"{at}/query", 30):
        yield Server("oxigraph", f"{at}/store", f"{at}/update", f"{at}/query")


_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 60
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso with an empty database of its own; its queries see all named graphs."""
    binary, port = need(VIRTUOSO, "Virtuoso (Debian: virtuoso-opensource)"), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=free_port(), http=port), encoding="utf-8")
    at = f"http://127.0.0.1:{port}"
    with _running([binary, "-f", "-c", "virtuoso.ini"], folder, f"{at}/sparql", 90):
        yield Server("virtuoso", f"{at}/sparql-graph-crud-auth", f"{at}/sparql-auth", f"{at}/sparql", httpx.DigestAuth("dba", "dba"))
