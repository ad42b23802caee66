"""`polcmp doctor`: what is there, what is to be installed, and when it complains."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from cli_lab import CHECKOUT, Polcmp

import polcmp as package
from polcmp import doctor
from polcmp.errors import UsageError
from polcmp.model.health import SECTIONS, Terminal
from polcmp.plot import fonts
from polcmp.render.health_view import _WORDS

WIDE = Terminal(True, 100, True, "utf-8")


def test_everything_is_there(polcmp: Polcmp) -> None:
    done = polcmp("doctor", "--json")
    assert done.code == 0, done.out
    data = json.loads(done.out)
    assert data["schema"] == "polcmp/doctor/1" and data["healthy"] is True
    found = {(one["section"], one["name"]): one for one in data["findings"]}
    assert list(dict.fromkeys(one["section"] for one in data["findings"])) == list(SECTIONS)
    assert found["program", "polcmp"]["value"] == package.__version__
    assert found["libraries", "rapidfuzz"]["value"] == metadata.version("rapidfuzz")
    assert found["data", "sample"]["value"] == "5"
    assert "cadre_dispatch" in found["data", "trial"]["value"]


@pytest.mark.parametrize(("lang", "says"), [("en", "polcmp works."), ("zh", "可以正常使用")])
def test_as_text(polcmp: Polcmp, lang: str, says: str) -> None:
    done = polcmp("doctor", "--lang", lang)
    assert done.code == 0 and says in done.out and "{" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_quiet_tells_only_what_is_not_in_order(polcmp: Polcmp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_program", lambda: iter(()))
    done = polcmp("doctor", "-q", COLUMNS="100")
    assert (done.code, "✓" in done.out) == (0, False)
    done = polcmp("doctor", "-q", COLUMNS="60")
    assert done.code == 0 and "80 columns" in done.out and "✓" not in done.out
    monkeypatch.setitem(doctor.LIBRARIES, "no-such-distribution", "no_such_module")
    done = polcmp("doctor", "-q")
    assert done.code == 1 and "no-such-distribution" in done.out and "rapidfuzz" not in done.out


def test_the_lists_are_those_of_the_project_file() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\s\[<>=~!;]", one)[0].lower() for one in project["dependencies"]}
    assert set(doctor.LIBRARIES) == needed
    extras = {
        extra: {re.split(r"[\s\[<>=~!;]", one)[0].lower() for one in lines if not one.startswith("polcmp[")}
        for extra, lines in project["optional-dependencies"].items()
        if extra not in ("all", "dev")
    }
    assert {extra: set(names) for extra, names in doctor.EXTRAS.items()} == extras
    assert project["requires-python"] == ">=" + ".".join(map(str, doctor.OLDEST_PYTHON))


def test_a_missing_extra_is_no_fault(polcmp: Polcmp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.EXTRAS, "plot", ("no-such-distribution",))
    done = polcmp("doctor")
    assert done.code == 0
    assert "pip install 'polcmp[plot]'" in done.out


def test_a_missing_library_is_one(polcmp: Polcmp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.LIBRARIES, "rapidfuzz", "no_such_module")
    done = polcmp("doctor")
    assert done.code == 1
    assert "✗ rapidfuzz" in done.out and "--force-reinstall" in done.out and "see ✗ above" in done.out
    assert json.loads(polcmp("doctor", "--json").out)["healthy"] is False


def test_missing_data_are_one(polcmp: Polcmp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "packaged", lambda name: CHECKOUT / "nowhere" / name)
    done = polcmp("doctor", "--lang", "zh")
    assert done.code == 1 and "不能正常使用" in done.out
    broken = [one for one in doctor.examine(WIDE) if one.state == "broken"]
    assert {one.name for one in broken} == {"sample", "trial"}


def test_without_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(asked: str = "") -> str:
        raise UsageError("no font", code="P437")

    monkeypatch.setattr(fonts, "chinese_font", none)
    found = next(one for one in doctor.examine(WIDE) if one.section == "fonts")
    assert (found.state, found.advice) == ("doubtful", "font")


@pytest.mark.parametrize(
    ("terminal", "advice"),
    [
        (Terminal(True, 60, False, "utf-8"), {"wider"}),
        (Terminal(True, 100, False, "gbk"), {"terminal utf8"}),
        (Terminal(False, 100, False, "gbk"), set()),
        (Terminal(False, 100, False, ""), set()),
    ],
)
def test_terminals(terminal: Terminal, advice: set[str]) -> None:
    findings = [one for one in doctor.examine(terminal) if one.section in ("terminal", "encoding")]
    assert {one.advice for one in findings} - {"", "utf8"} == advice
    assert doctor.healthy(doctor.examine(terminal))


def test_all_words_are_there_in_both_languages() -> None:
    keys = {lang: {key for key in words if "." in key} for lang, words in _WORDS.items()}
    assert keys["en"] == keys["zh"]
    assert {f"what.{extra}" for extra in doctor.EXTRAS} <= keys["en"]


def test_what_would_be_used_here_is_tried(
    polcmp: Polcmp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken taxonomy and an empty folder in the working directory stop every run; so doctor says so."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "measures.yaml").write_text("measures: [\n", encoding="utf-8")
    done = polcmp("doctor")
    assert done.code == 1
    assert "✗ documents, if none are named" in done.out and "✗ taxonomy, if none is named" in done.out
    assert "P205" in done.out and "polcmp taxonomy check tells every fault" in done.out
