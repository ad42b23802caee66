"""Every awkward file ends as designed, and the good documents in the same run are unharmed."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from make_awkward import NOTHING, READ, Case, cases, make

HERE = Path(__file__).parent
MOST_BYTES = 2**30
MOST_SECONDS = 10.0
"""For one case, the two good documents included."""


class Ended(NamedTuple):
    """How a run ended."""

    code: int
    seconds: float
    memory: int
    out: str
    err: str


def _obey_permissions() -> None:
    """In the child, before it begins: let root's program obey permissions as any other does (Linux)."""
    if os.getuid() == 0 and sys.platform == "linux":
        drop_from_bounding_set, override, read_search = 24, 1, 2  # linux/prctl.h, linux/capability.h
        for capability in (override, read_search):
            ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ended]]:
    """All cases, made and run; those that cannot be made here are not in it."""
    folder = tmp_path_factory.mktemp("awkward")
    corpus = folder / "corpus"
    made = [Case("good", NOTHING, lambda path: None, ("good",)), *make(corpus)]
    jobs = "".join(json.dumps([one.name, _arguments(one)]) + "\n" for one in made)
    results = folder / "results"
    command = [sys.executable, str(HERE / "run_cases.py"), str(corpus), str(results)]
    done = subprocess.run(
        command,
        input=jobs.encode(),
        preexec_fn=_obey_permissions,
        cwd=HERE.parent.parent,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    lines = results.read_text(encoding="utf-8").splitlines()
    yield {name: Ended(*rest) for name, *rest in map(json.loads, lines)}
    for path in [one for one in corpus.iterdir() if one.name.startswith("closed")]:
        path.chmod(0o755)
    shutil.rmtree(corpus)


def _arguments(case: Case) -> list[str]:
    inputs = case.inputs or (case.name,)
    return ["compare", *dict.fromkeys(("good", *inputs)), *case.options, "--json"]


def test_there_are_many(ended: dict[str, Ended]) -> None:
    assert len(ended) > 120
    assert len({case.name for case in cases()}) == len(cases())


@pytest.mark.parametrize("case", cases(), ids=lambda case: ascii(case.name))
def test_it_ends_as_designed(case: Case, ended: dict[str, Ended]) -> None:
    if case.name not in ended:
        pytest.skip("this file system cannot have it")
    run = ended[case.name]
    fault = case.ends if case.ends.startswith("P") else ""
    expected = case.exits if case.exits is not None else 3 if fault else 0
    assert run.code == expected, run.err[-2_000:]
    assert "Traceback" not in run.err and "\x1b" not in run.err + run.out
    if expected == 2:
        assert fault in run.err and not run.out
        return
    data = json.loads(run.out)
    assert {one["code"] for one in data["errors"]} == ({fault} if fault else set())
    if fault:
        assert fault in run.err
    others = [one for one in data["mentions"] if one not in _good(data)]
    if case.name == "wrong-mark.txt":
        assert any("byte order mark" in line for one in data["documents"] for line in one["warnings"])
    if case.ends == READ:
        quotes = [one["quote"].replace("\u200b", "") for one in others]
        assert any(words in quote for quote in quotes for words in ("第一书记", "第一書記"))
    elif case.ends == NOTHING:
        assert not others


def _good(data: dict) -> list[dict]:
    names = {one["document"] for one in data["documents"] if one["path"].startswith("good/")}
    return [one for one in data["mentions"] if one["document"] in names]


@pytest.mark.parametrize(
    "case", [one for one in cases() if one.exits != 2], ids=lambda case: ascii(case.name)
)
def test_the_good_documents_are_unharmed(case: Case, ended: dict[str, Ended]) -> None:
    if case.name not in ended:
        pytest.skip("this file system cannot have it")
    alone, together = (json.loads(ended[name].out) for name in ("good", case.name))

    def cells(data: dict) -> list[dict]:
        ids = {one["id"]: one["quote"] for one in data["mentions"]}
        found = [{**one, "mentions": [ids[i] for i in one["mentions"]]} for one in data["cells"]]
        return sorted((one for one in found if one["region"] in ("甲县", "乙县")), key=str)

    assert cells(together) == cells(alone)
    assert len([one for one in cells(alone) if one["status"]]) == 3


@pytest.mark.parametrize("case", cases(), ids=lambda case: ascii(case.name))
def test_it_costs_little(case: Case, ended: dict[str, Ended]) -> None:
    if case.name not in ended:
        pytest.skip("this file system cannot have it")
    assert ended[case.name].memory < MOST_BYTES
    assert ended[case.name].seconds < MOST_SECONDS
