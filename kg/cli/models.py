"""kg models: which models there are, which are used, how good they are; getting the official ones, making new ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.modelset import ModelSet
    from kg.training.evaluate import Figures, Test

app = typer.Typer(help="Models: list, inspect, download, choose, train, evaluate.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="`shipped`, `official`, or a folder of Stanza models.", show_default="the one in use")]
Models = Annotated[str, typer.Option("--models", help="`shipped`, `official`, or a folder of Stanza models.", show_default="the one in use")]


@app.command("list")
def list_() -> None:
    """The sets of models that are here, the one in use marked."""
    from kg import modelset
    from kg.errors import ModelError

    used = modelset.default()
    for name in dict.fromkeys((modelset.SHIPPED, modelset.OFFICIAL, used)):
        mark = "*" if name == used else " "
        try:
            found = modelset.find(name)
            typer.echo(f"{mark} {name:10} {_size(found) / 1e6:6.1f} MB  {found.digest}  {found.folder}")
        except ModelError as error:
            typer.echo(f"{mark} {name:10} not here: {str(error).rpartition(': ')[2]}")


@app.command()
def info(name: Name = "") -> None:
    """The files of a set, with what their records say of how they were made."""
    import json

    from kg import modelset

    found = modelset.find(name)
    typer.echo(f"{found.version}  {found.folder}  {_size(found) / 1e6:.1f} MB")
    for path in sorted((found.folder / "ar").rglob("*.pt")):
        typer.echo(f"  {path.parent.name + '/' + path.name:24} {path.stat().st_size / 1e6:6.2f} MB")
        record = path.with_suffix(".json")
        if record.is_file():
            told = json.loads(record.read_text(encoding="utf-8"))
            made = ", ".join(f"{k} {v}" for k, v in told.get("versions", {}).items())
            typer.echo(f"      made with {made}; data {', '.join(told.get('data', {}))}")
            if told.get("note"):
                typer.echo(f"      {told['note']}")
    card = found.folder / "README.md"
    if card.is_file():
        typer.echo(f"model card: {card}")


def _size(models: ModelSet) -> int:
    return sum(path.stat().st_size for path in (models.folder / "ar").rglob("*.pt"))


@app.command()
def download(
    to: Annotated[Path | None, typer.Option(help="The folder to write to.", show_default="where Stanza looks for them")] = None,
) -> None:
    """Get Stanza's official Arabic models (about 400 MB), through Stanza's own loader."""
    from kg import modelset

    found = modelset.download(to)
    typer.echo(f"official models in {found.folder}, {_size(found) / 1e6:.0f} MB; `kg models use official` makes them yours")


@app.command()
def use(name: Annotated[str, typer.Argument(help="`shipped`, `official`, or a folder of Stanza models.", show_default=False)]) -> None:
    """Make a set the one that is used where no `--models` is given."""
    from kg import modelset

    found = modelset.use(name)
    typer.echo(f"in use from now on: {found.version} ({found.folder}); kept in {modelset.settings_file()}")


@app.command()
def train(
    treebank: Annotated[Path, typer.Option(help="A treebank in CoNLL-U.", show_default=False)],
    ner: Annotated[Path, typer.Option(help="Sentences with names: a token and a BIO tag a line.", show_default=False)],
    text: Annotated[list[Path], typer.Option(help="Raw text, a paragraph a line, also .xz and .gz. Repeat it.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.", show_default=False)],
    step: Annotated[list[str] | None, typer.Option(help="Only this step: vectors, tokenize, mwt, pos, lemma, depparse, ner. Repeat it.", show_default="all")] = None,
    treebank_dev: Annotated[Path | None, typer.Option(help="A treebank to measure on.", show_default="a tenth of --treebank")] = None,
    ner_dev: Annotated[Path | None, typer.Option(help="Sentences with names to measure on.", show_default="a tenth of --ner")] = None,
    settings: Annotated[Path | None, typer.Option(help="Sizes, steps and seeds (TOML).", show_default="those of the package")] = None,
    start: Annotated[str, typer.Option(help="Go on from this set of models instead of from nothing.", show_default="from nothing")] = "",
    cpu: Annotated[bool, typer.Option("--cpu", help="Leave a GPU alone where there is one.")] = False,
) -> None:
    """Make a set of models by the package's recipe. What was done before is not done again."""
    import logging

    from kg import modelset
    from kg.training import recipe

    for path in (treebank, ner, *text, *[p for p in (treebank_dev, ner_dev, settings) if p]):
        if not path.is_file():
            raise InputError(f"{path}: no such file")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("stanza").setLevel(logging.ERROR)
    device = "cpu" if cpu else recipe.device()
    typer.echo(f"training on {device}")
    run = recipe.Recipe(
        recipe.Data(treebank, ner, tuple(text), treebank_dev, ner_dev),
        recipe.settings(settings),
        out,
        modelset.find(start).folder if start else None,
        device,
        typer.echo,
    )
    run.run(tuple(step) if step else tuple(recipe.STEPS))
    typer.echo(f"models in {out}: `kg models evaluate --models {out}` measures them, `kg build --models {out}` uses them")


@app.command()
def evaluate(
    models: Models = "",
    treebank: Annotated[list[Path] | None, typer.Option(help="A treebank to measure on. Repeat it.", show_default=False)] = None,
    ner: Annotated[list[Path] | None, typer.Option(help="Sentences with names to measure on. Repeat it.", show_default=False)] = None,
    ends: Annotated[Path | None, typer.Option(help="A folder of articles, a sentence a line, an empty line between paragraphs.", show_default=False)] = None,
    spelling: Annotated[bool, typer.Option(help="Measure careless spelling too, on the first treebank and the first names.")] = False,
    json_: Annotated[Path | None, typer.Option("--json", help="Write the figures here too.", show_default=False)] = None,
) -> None:
    """Measure a set: end to end on treebanks, names, ends of sentences and careless spelling."""
    from kg import modelset
    from kg.training import evaluate as measure

    tests = _tests(treebank or [], ner or [])
    if not tests and not ends:
        raise InputError("nothing to measure on: give --treebank, --ner or --ends")
    found = modelset.find(models)
    pipe, seconds = measure.load(found)
    typer.echo(f"{found.version}, {_size(found) / 1e6:.1f} MB, loaded in {seconds:.1f} s; F1 in per cent")
    figures = measure.table(pipe, tests)
    _treebanks({name: f for name, f in figures.items() if "LAS" in f.values})
    _names({name: f for name, f in figures.items() if "LAS" not in f.values})
    told: dict[str, Any] = {name: dict(f.values) | {"words a second": round(f.pace)} for name, f in figures.items()}
    if ends:
        result = measure.sentence_ends(measure.ends_of(pipe), measure.read_marked(ends))
        told["sentence ends"] = dict(result.values)
        typer.echo(f"ends of sentences in marked articles: F1 {result.values['F1']:.2f}")
    if spelling:
        told["spelling"] = _spelling(pipe, tests)
    if json_:
        import json

        json_.write_text(json.dumps({"models": found.version, "figures": told}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _tests(treebanks: list[Path], names: list[Path]) -> list[Test]:
    from kg.training import ner as tagged
    from kg.training import treebank as trees
    from kg.training.evaluate import Test

    for path in (*treebanks, *names):
        if not path.is_file():
            raise InputError(f"{path}: no such file")
    made = [Test(path.stem, sentences=tuple(trees.read(path))) for path in treebanks]
    return made + [Test(path.stem, tagged=tuple(tagged.read(path))) for path in names]


def _treebanks(figures: dict[str, Figures]) -> None:
    from kg.training.evaluate import METRICS, PUBLISHED

    if not figures:
        return
    width = max(len(name) for name in (*figures, "Stanza, published"))
    typer.echo(f"{'':{width}} " + " ".join(f"{metric:>9}" for metric in METRICS) + "   words/s")
    for name, found in figures.items():
        typer.echo(f"{name:{width}} " + " ".join(f"{found.values[m]:9.2f}" for m in METRICS) + f" {found.pace:9,.0f}")
    published = " ".join(f"{PUBLISHED[m]:9.2f}" if m in PUBLISHED else f"{'':9}" for m in METRICS)
    typer.echo(f"{'Stanza, published':{width}} {published}   (Arabic-PADT, official models, the release's own paragraphs)")


def _names(figures: dict[str, Figures]) -> None:
    for name, found in figures.items():
        kinds = ", ".join(f"{kind} {value:.1f}" for kind, value in found.values.items() if kind != "F1")
        typer.echo(f"names in {name}: F1 {found.values['F1']:.2f} ({kinds}), {found.pace:,.0f} words/s")


def _spelling(pipe: Any, tests: list[Test]) -> dict[str, Any]:
    from dataclasses import asdict

    from kg.analysis import ranks
    from kg.reference import shipped
    from kg.texts.namewords import name_words
    from kg.texts.spelling import Speller
    from kg.training.evaluate import robustness

    trees = next((list(t.sentences) for t in tests if t.sentences), None)
    if trees is None:
        raise InputError("--spelling wants a --treebank")
    names = next((list(t.tagged) for t in tests if t.tagged), [])
    found = robustness(pipe, trees, names, Speller(ranks(pipe), name_words(shipped()).spelt).restore)
    clean = found["clean"]
    typer.echo(f"{'spelling':28} {'LAS':>7} {'loss':>6} {'names':>7} {'loss':>6}   models alone: LAS, names")
    for name, s in found.items():
        loss = f"{s.las:7.2f} {clean.las - s.las:6.2f} {s.names:7.2f} {clean.names - s.names:6.2f}"
        typer.echo(f"{name:28} {loss} {s.alone_las:17.2f} {s.alone_names:7.2f}")
    return {name: asdict(s) for name, s in found.items()}


@app.command()
def bench(
    models: Models = "",
    words: Annotated[int, typer.Option(min=100, help="How many words to analyse.")] = 3000,
) -> None:
    """Words a second, model by model, beside a pipeline of Stanza's default sizes with random weights."""
    from kg import modelset
    from kg.training.bench import compare

    result = compare(modelset.find(models), words)
    typer.echo(f"{'words a second':12} {'these':>9} {'default sizes':>14} {'ratio':>6}")
    for name, (ours, theirs) in result.items():
        typer.echo(f"{name:14} {ours:9,.0f} {theirs:14,.0f} {ours / theirs:6.1f}")
