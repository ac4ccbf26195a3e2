"""The recipe trains, end to end, on a treebank of our own sentences; its parts do what they say."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DataError, InputError
from kg.training import evaluate, expander, lemmatizer, loop, names, ner, recipe, tokenizer, treebank
from kg.training.treebank import Token, Word

DATA = Path(__file__).parent / "data" / "training"

SMALL: dict[str, Any] = {
    "seed": 7,
    "vectors": {"dimensions": 100, "epochs": 4, "least": 1, "batch": 50, "rate": 0.02},
    "tokenize": {
        "model": {"hidden": 16, "window": 120, "batch": 4},
        "schedule": {"steps": 30, "rate": 0.02, "warmup": 2, "evaluate_every": 15, "save_every": 10, "average": 0.5},
    },
    "mwt": {"model": {"hidden": 8, "epochs": 1}},
    "pos": {
        "model": {"hidden": 16, "char_hidden": 8, "biaffine": 8, "composite": 8, "batch": 5, "dropout": 0.1},
        "schedule": {"steps": 15, "rate": 0.02, "warmup": 2, "evaluate_every": 15, "save_every": 10, "average": 0.5},
    },
    "lemma": {"model": {"least": 1, "trust": 0.3}},
    "depparse": {
        "model": {"hidden": 16, "layers": 1, "char_hidden": 8, "biaffine": 16, "batch": 60, "dropout": 0.1},
        "schedule": {"steps": 15, "rate": 0.02, "warmup": 2, "evaluate_every": 15, "save_every": 10, "average": 0.5},
    },
    "ner": {
        "model": {"hidden": 16, "char_hidden": 8, "batch": 8, "slots": 20, "dropout": 0.1},
        "schedule": {"steps": 15, "rate": 0.02, "warmup": 2, "evaluate_every": 15, "save_every": 10, "average": 0.5},
    },
}


def data() -> recipe.Data:
    return recipe.Data(DATA / "small.conllu", DATA / "small.bio", (DATA / "small.txt",))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("models")
    return out, dict(recipe.Recipe(data(), SMALL, out).run())


def test_every_step_makes_a_model_with_its_record(trained: tuple[Path, dict[str, Any]]) -> None:
    out, records = trained
    assert list(records) == list(recipe.STEPS)
    for step, place in recipe.STEPS.items():
        model = out / "ar" / place
        record = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
        assert model.stat().st_size == record["bytes"]
        assert record["settings"][step] == SMALL[step]
        assert all(len(digest) == 64 for digest in record["data"].values())
        assert set(record["versions"]) == {"kg", "stanza", "torch", "python"}


def test_it_really_learns(trained: tuple[Path, dict[str, Any]]) -> None:
    _, records = trained
    tokens = records["tokenize"]["scores"]
    assert tokens[-1]["loss"] < tokens[0]["loss"]
    # A few steps on a few sentences: the tagger is past the most frequent tag, the parser past chance.
    assert records["pos"]["scores"][-1]["score"] > 0.1
    assert records["depparse"]["scores"][-1]["score"] > 0.1
    # Nine guesses at a half each cost 6.24; a few passes over the text make them better.
    assert 0 < records["vectors"]["scores"]["loss"] < 6.2


def test_the_set_loads_and_analyses(trained: tuple[Path, dict[str, Any]]) -> None:
    from kg.modelset import find, pipeline

    analysed = pipeline(find(str(trained[0])))("زار الوزير المدينة.")
    words = [w for s in analysed.sentences for w in s.words]
    assert "".join(w.text for w in words).replace(" ", "") == "زارالوزيرالمدينة."
    assert all(w.upos and w.deprel for w in words)


def test_what_is_done_is_not_done_again(trained: tuple[Path, dict[str, Any]]) -> None:
    told: list[str] = []
    before = (trained[0] / "ar" / "lemma" / "padt.pt").stat().st_mtime_ns
    recipe.Recipe(data(), SMALL, trained[0], tell=told.append).run(("lemma",))
    assert told == ["lemma: done before, with the same data and settings"]
    assert (trained[0] / "ar" / "lemma" / "padt.pt").stat().st_mtime_ns == before


def test_steps_and_settings_that_are_not_there_are_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no step parse: the steps are vectors"):
        recipe.Recipe(data(), SMALL, tmp_path).run(("parse",))
    with pytest.raises(DataError, match=r"\[lemma.model\].*'leest'"):
        recipe.Recipe(data(), {"lemma": {"model": {"leest": 1}}}, tmp_path)._part("lemma", "model", lemmatizer.Settings)
    with pytest.raises(InputError, match="no word vectors"):
        recipe.Recipe(data(), SMALL, tmp_path).run(("ner",))


# --- the loop --------------------------------------------------------------------------------------------------------


class _Line:
    """A model of one weight that learns to be 3."""

    def __init__(self) -> None:
        import torch

        torch.manual_seed(0)
        self.model = torch.nn.Linear(1, 1, bias=False)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def task(self, fail_at: int = 0) -> loop.Task:
        import torch

        steps = iter(range(1, 10_000))

        def update(_: Any) -> float:
            if fail_at and next(steps) == fail_at:
                raise KeyboardInterrupt
            loss = (self.model(torch.ones(1, 1)) - 3).pow(2).sum()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            return float(loss.detach())

        def evaluate() -> float:
            return -abs(float(self.model.weight.detach()) - 3)

        return loop.Task(
            self.model, self.optimizer, iter(lambda: 0, 1), update, evaluate,
            lambda path: torch.save(self.model.state_dict(), path),
        )  # fmt: skip


def test_an_interrupted_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    schedule = loop.Schedule(steps=40, rate=0.1, warmup=2, average=0.9, evaluate_every=10, save_every=5)
    whole = loop.train(_Line().task(), schedule, tmp_path / "whole.pt")
    with pytest.raises(KeyboardInterrupt):
        loop.train(_Line().task(fail_at=23), schedule, tmp_path / "cut.pt")
    assert (tmp_path / "cut.state").exists()
    again = loop.train(_Line().task(), schedule, tmp_path / "cut.pt")
    assert [s.step for s in again] == [10, 20, 30, 40]
    assert again[-1].score == pytest.approx(whole[-1].score, abs=1e-6)
    assert not (tmp_path / "cut.state").exists()
    assert whole[-1].score > -0.2


def test_the_rate_rises_and_falls() -> None:
    schedule = loop.Schedule(steps=100, rate=1.0, warmup=10)
    rates = [schedule.rate_at(step, 0) for step in range(1, 101)]
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == pytest.approx(1.0, abs=0.03)
    assert rates[-1] < 0.03
    assert loop.Schedule(steps=100, rate=1.0, seconds=10).done(1, 10) == 1.0


# --- treebanks, names, lemmas ----------------------------------------------------------------------------------------


def word(form: str, upos: str = "NOUN", xpos: str = "N", lemma: str = "") -> Word:
    return Word(form, lemma or form, upos, xpos, "_", 0, "root")


def test_a_treebank_is_read_and_written_without_loss() -> None:
    sentences = treebank.read(DATA / "small.conllu")
    again = treebank.conllu(sentences)
    assert len(sentences) >= 12
    (DATA / "small.conllu").read_text(encoding="utf-8")
    for sentence in sentences:
        assert treebank.text(sentence) in again
    several = [t for s in sentences for t in s if len(t.words) > 1]
    assert several and all(len(t.text) > 1 for t in several)


def test_variation_keeps_the_words_and_the_tree() -> None:
    rng = random.Random(1)
    how = treebank.Variation(plain=1, rename=1, misspell=1, requote=1, digits=1, glued=0.5)
    for sentence in treebank.read(DATA / "small.conllu"):
        varied = treebank.vary(sentence, how, names.single_words(), rng)
        assert [(w.head, w.deprel, w.upos) for w in treebank.words(varied)] == [
            (w.head, w.deprel, w.upos) for w in treebank.words(sentence)
        ]


def test_renaming_keeps_proclitics() -> None:
    # وبوتين "and Putin"
    token = Token("وبوتين", (word("و", "CCONJ", "C"), word("بوتين", "X", "X")))
    (renamed,) = treebank.rename((token,), ("لافروف",), random.Random(1))
    assert renamed.text == "ولافروف"
    assert [w.form for w in renamed.words] == ["و", "لافروف"]


def test_labels_of_the_tokenizer() -> None:
    # وقال نعم. "and he said yes."
    sentence = (
        Token("وقال", (word("و"), word("قال"))),
        Token("نعم", (word("نعم"),), space=False),
        Token(".", (word("."),)),
    )
    labels = tokenizer.labelled(sentence)
    assert "".join(c for c, _ in labels) == "وقال نعم. "
    assert [label for _, label in labels] == [0, 0, 0, 3, 0, 0, 0, 1, 2, 0]


def test_names_are_exchanged_for_others_of_their_type() -> None:
    settings = ner.Settings(swap=1.0, misspell=0.0)
    vary = ner.Variation({"PER": ("أحمد", "عمر خالد"), "LOC": ("باريس",), "ORG": ("الأمم المتحدة",)}, settings, random.Random(1))
    sentence: ner.Tagged = (("زار", "O"), ("أحمد", "B-PER"), ("وباريس", "B-LOC"), (".", "O"))
    varied = vary.sentence(sentence)
    assert [kind for _, _, kind in ner.entities(varied)] == ["PER", "LOC"]
    assert varied[2][0] == "وباريس", "the proclitic stays"
    assert vary.glued("ل", ["الأمم", "المتحدة"]) == ["للأمم", "المتحدة"]


def test_every_sentence_with_slots_can_be_filled() -> None:
    vary = ner.Variation(names.by_type(), ner.Settings(), random.Random(1))
    made = [vary.slotted() for _ in range(400)]
    assert all("{" not in w and "}" not in w for s in made for w, _ in s)
    assert {kind for s in made for _, _, kind in ner.entities(s)} == {"PER", "LOC", "ORG"}


def test_broken_files_are_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "x.conllu").write_text("1\tكلمة\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1: not CoNLL-U"):
        treebank.read(tmp_path / "x.conllu")
    (tmp_path / "x.bio").write_text("كلمة PER\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1: want a token and a BIO tag"):
        ner.read(tmp_path / "x.bio")


def test_lemmas_by_analogy() -> None:
    # مدينة "city", معلم "teacher", عامل "worker": the article, and the sound plural by analogy.
    known = [
        ("معلم", "NOUN", "مُعَلِّم"), ("المعلم", "NOUN", "مُعَلِّم"), ("معلمون", "NOUN", "مُعَلِّم"), ("معلمين", "NOUN", "مُعَلِّم"),
        ("عامل", "NOUN", "عَامِل"), ("العامل", "NOUN", "عَامِل"), ("عاملون", "NOUN", "عَامِل"), ("عاملين", "NOUN", "عَامِل"),
        ("كاتب", "NOUN", "كَاتِب"),
    ]  # fmt: skip
    analogy = lemmatizer.Analogy(known, lemmatizer.Settings(least=2, trust=0.4))
    assert analogy.lemma("الكاتب", "NOUN") is not None
    assert analogy.lemma("الكاتب", "NOUN")[0] == "كَاتِب"  # type: ignore[index]
    assert analogy.lemma("كاتبون", "NOUN")[0] == "كَاتِب"  # type: ignore[index]
    assert analogy.lemma("قطار", "NOUN") is None
    entries = list(analogy.enlarge(["كاتبون", "معلم"], {"معلم"}))
    assert ("كاتبون", "NOUN", "كَاتِب") in entries
    assert ("كاتبون", "X", "كاتبون") in entries


def test_proclitics_before_names_that_begin_like_one() -> None:
    found = dict(expander.names_with_proclitics(["بيلاروسيا", "روسيا"]))
    assert found["وبيلاروسيا"] == "و بيلاروسيا"
    assert found["وببيلاروسيا"] == "و ب بيلاروسيا"
    assert "وروسيا" not in found


# --- evaluation ------------------------------------------------------------------------------------------------------


def test_perturbation_changes_the_text_and_not_the_words() -> None:
    sentences = treebank.read(DATA / "small.conllu")
    plain = evaluate.perturbed(sentences, lambda form: form)
    changed = evaluate.perturbed(sentences, evaluate.PERTURBATIONS["hamza dropped"])
    assert treebank.paragraphs(plain) != treebank.paragraphs(changed)
    assert not any(c in "".join(treebank.paragraphs(changed)) for c in "أإآ")
    # What the package takes off before the analysis is gone again.
    for name in ("tatweel", "full diacritics"):
        assert treebank.paragraphs(evaluate.perturbed(sentences, evaluate.PERTURBATIONS[name])) == treebank.paragraphs(plain)
    (joined,) = treebank.paragraphs(evaluate.perturbed(sentences[:3], None), glued=True)
    assert joined.count(". ") == 0 and treebank.paragraphs(plain[:3])[0].count(". ") == 2


def test_put_right_in_tagged_sentences_changes_letters_only() -> None:
    tagged = [(("مدينه", "O"), ("تونس", "B-LOC")), (("في", "O"),)] * 6
    seen: list[str] = []

    def right(text: str) -> str:
        seen.append(text)
        return text.replace("مدينه", "مدينة")

    assert evaluate.put_right(tagged, right) == [(("مدينة", "O"), ("تونس", "B-LOC")), (("في", "O"),)] * 6
    assert [text.count("\n") + 1 for text in seen] == [10, 2], "ten sentences a text"


def test_ends_of_sentences_are_compared_by_their_offsets() -> None:
    articles = [[["جملة أولى.", "جملة ثانية."], ["عنوان"]]]
    text = "جملة أولى. جملة ثانية.\nعنوان"
    assert evaluate.sentence_ends(lambda t: [10, 22, len(t)], articles).values["F1"] == 100.0
    assert evaluate.sentence_ends(lambda t: [22, len(t)], articles).values["F1"] == 80.0
    seen: list[str] = []
    evaluate.sentence_ends(lambda t: seen.append(t) or [], articles)  # type: ignore[func-returns-value]
    assert seen == [text]
