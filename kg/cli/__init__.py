"""The command line: one module a command, named in the table below. The only package that prints.

Commands import what they need when they run, so that `kg --help` is quick and imports no torch. A KgError becomes one
line on standard error and its exit status; nothing else is caught.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import typer

import kg
from kg.errors import KgError

# One thread a process, before anything imports torch or numpy: parallelism is processes.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# In the order in which `kg --help` lists them: the command and the module whose function `run` it is, or, for a group
# of commands, whose `app` it is.
COMMANDS = (
    "build", "view", "query", "export", "validate", "remove", "load", "serve", "evaluate", "why", "stats",
)  # fmt: skip
GROUPS: tuple[str, ...] = ("analyse", "entities", "models")

app = typer.Typer(
    name="kg",
    help="Arabic news in, a knowledge graph that analysts can trust out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True)) -> None:
    if version:
        typer.echo(kg.__version__)
        raise typer.Exit


def _register() -> None:
    for name in COMMANDS:
        app.command(name)(import_module(f"kg.cli.{name}").run)
    for name in GROUPS:
        app.add_typer(import_module(f"kg.cli.{name}").app, name=name)


_register()


def main() -> None:
    """Runs the command line; a KgError ends it with one line and its status."""
    try:
        app()
    except KgError as error:
        typer.echo(f"kg: {error}", err=True)
        sys.exit(error.status)
    except BrokenPipeError:
        # The reader of the pipe (head, less) has left; Python would complain again when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except KeyboardInterrupt:
        typer.echo("kg: stopped; what was written is whole", err=True)
        sys.exit(130)
