"""Sets of models: found or one clear line, chosen, loaded without a network, the same whatever their tags are called."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from kg import files, modelset
from kg.analysis import tag_name
from kg.errors import ModelError, OutputError
from kg.training import compact


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without settings and without official models."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "stanza"))
    return tmp_path / "config" / "kg" / "models.txt"


def test_the_shipped_set_is_whole_small_and_licensed() -> None:
    shipped = modelset.find("shipped")
    for processor in (*modelset.PROCESSORS, "pretrain"):
        assert shipped.file(processor).is_file()
        assert shipped.file(processor).with_suffix(".json").is_file()
    assert sum(p.stat().st_size for p in (shipped.folder / "ar").rglob("*")) <= 60e6
    card = (files.MODELS / "README.md").read_text(encoding="utf-8")
    assert "CC BY-NC-SA 3.0" in card and "ANERcorp" in card
    assert "CC BY-NC-SA 3.0" in (files.MODELS / "LICENSE").read_text(encoding="utf-8")


def test_the_version_says_which_weights_they_are(tmp_path: Path) -> None:
    (tmp_path / "ar" / "pos").mkdir(parents=True)
    (tmp_path / "ar" / "pos" / "a.pt").write_bytes(b"1")
    first = modelset.find(str(tmp_path)).version
    (tmp_path / "ar" / "pos" / "a.pt").write_bytes(b"2")
    second = modelset.find(str(tmp_path)).version
    assert first != second and first.startswith(tmp_path.name + "-")


def test_what_is_not_there_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="kg models download"):
        modelset.find("official")
    with pytest.raises(ModelError, match="give `shipped`, `official` or a folder"):
        modelset.find(str(tmp_path / "nowhere"))
    (tmp_path / "empty" / "ar").mkdir(parents=True)
    with pytest.raises(ModelError, match="no pos model"):
        modelset.pipeline(modelset.find(str(tmp_path / "empty")), ("pos",))


def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    place = tmp_path / "ar" / "tokenize"
    place.mkdir(parents=True)
    (place / "m.pt").write_bytes(b"no model")
    with pytest.raises(ModelError, match="cannot be loaded"):
        modelset.pipeline(modelset.find(str(tmp_path)), ("tokenize",))


def test_a_choice_is_kept_and_used(settings: Path, tmp_path: Path) -> None:
    assert modelset.find().name == modelset.default() == "shipped"
    (tmp_path / "mine" / "ar").mkdir(parents=True)
    assert modelset.use(str(tmp_path / "mine")).name == "mine"
    assert settings.read_text(encoding="utf-8").strip() == str(tmp_path / "mine")
    assert modelset.find().folder == tmp_path / "mine"
    assert modelset.find("shipped").folder == files.MODELS, "a name goes before the choice"
    modelset.use("shipped")
    assert modelset.find().name == "shipped"


def test_only_what_is_there_can_be_chosen(settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError):
        modelset.use("official")
    assert not settings.exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    with pytest.raises(OutputError, match="cannot be kept"):
        modelset.use("shipped")


def test_download_without_a_network_is_one_line_with_what_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(ModelError, match="--models shipped") as caught:
        modelset.download(tmp_path / "official")
    assert "\n" not in str(caught.value)


def test_the_tags_of_both_sets_mean_the_same() -> None:
    # Ours, the official one's of AQMAR (PERS, MIS0…), and none.
    assert [tag_name(t) for t in ("B-PER", "S-PERS", "I-MIS", "E-MIS1", "B-MISC", "O", None, "S-LOC")] == [
        "B-PER", "S-PER", "I-MISC", "E-MISC", "B-MISC", "O", "O", "S-LOC",
    ]  # fmt: skip


def test_a_set_with_an_index_is_read_by_its_index(tmp_path: Path) -> None:
    """As Stanza lays its downloads out: several packages of a kind, of which the index names one."""
    shipped = modelset.find("shipped")
    place = tmp_path / "ar" / "tokenize"
    place.mkdir(parents=True)
    (place / "another.pt").write_bytes(b"not asked for")
    (place / "padt.pt").write_bytes(shipped.file("tokenize").read_bytes())
    index = {"ar": {"lang_name": "Arabic", "tokenize": {"padt": {}}, "packages": {"default": {"tokenize": "padt"}}}}
    (tmp_path / "resources.json").write_text(json.dumps(index), encoding="utf-8")
    analysed = modelset.pipeline(modelset.find(str(tmp_path)), ("tokenize",))("وصل الوزير أمس.")
    assert analysed.num_tokens == 4


@pytest.mark.live
def test_loads_offline_in_under_eight_seconds_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked for")

    # Importing the library is not loading the models.
    modelset.pipeline(modelset.find("shipped"), ("tokenize",))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    started = time.process_time()
    modelset.pipeline(modelset.find("shipped"))
    assert time.process_time() - started < 8


@pytest.mark.live
def test_what_is_expanded_once_is_expanded_as_stanza_does_it() -> None:
    # Words that no dictionary holds: the decoder must be asked, and asked once.
    text = "ورحب المتحدثون بمقترحاتهم وبتفلسفهم، وسيتفلسفون ببلاغتهم. وبتفلسفهم سيتفلسفون."
    ours = modelset.pipeline(modelset.find("shipped"), ("tokenize", "mwt"))
    bare = modelset.pipeline(modelset.find("shipped"), ("tokenize", "mwt"), bare=True)

    def words(analysed: Any) -> list[tuple[str, ...]]:
        return [tuple(w.text for w in t.words) for s in analysed.sentences for t in s.tokens]

    assert words(ours(text)) == words(bare(text)) == words(ours(text))
    asked: list[Any] = []
    trainer = ours.processors["mwt"].trainer
    keep = trainer.predict
    trainer.predict = lambda *a, **k: asked.append(a) or keep(*a, **k)
    ours(text)
    assert not asked


def test_compact_halves_the_numbers_and_drops_the_state_of_training(tmp_path: Path) -> None:
    import torch

    state = {"model": {"w": torch.full((2000,), 1.5)}, "config": {"a": [1, 2.5], "train_file": "/home/me/t.conllu"}, "optimizer": {"m": torch.zeros(2000)}}
    torch.save(state, tmp_path / "full.pt")
    size = compact.compact(tmp_path / "full.pt", tmp_path / "small" / "m.pt")
    small = torch.load(tmp_path / "small" / "m.pt", weights_only=True)
    assert size < (tmp_path / "full.pt").stat().st_size / 3
    assert "optimizer" not in small and small["config"] == {"a": [1, 2.5], "train_file": "t.conllu"}
    assert small["model"]["w"].dtype == torch.float16 and float(small["model"]["w"].sum()) == 3000
