"""The wheel, installed: it works in an empty folder, with no checkout anywhere on its path."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
REGIONS = ["陈巴尔虎旗", "阿拉善高新区", "扎赉特旗", "伊金霍洛旗", "聂荣县"]

pytest.importorskip("hatchling", reason="builds the wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    done = subprocess.run(
        [*command, "--disable-pip-version-check", "--target", str(target), str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python with the wheel and its dependencies on its path, and without ``.pth`` files (-S)."""
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    path = os.pathsep.join([str(installed), *sorted(libraries)])
    environ = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-S", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def test_what_is_in_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"polcmp/py.typed", "polcmp/data/measures.yaml", "polcmp/data/seeds/documents.yaml"} <= set(names)
    assert sum(name.startswith("polcmp/data/seeds/") and name.endswith(".txt") for name in names) == 5
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert all(name.startswith(("polcmp/", "polcmp-")) for name in names)
    in_checkout = {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "polcmp").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert in_checkout <= set(names)


def test_no_checkout_is_on_the_path(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-c", "import polcmp, sys; print(polcmp.__file__, *sys.path, sep='\\n')")
    where, *path = done.stdout.splitlines()
    assert Path(where).is_relative_to(installed)
    assert str(CHECKOUT) not in path


def test_the_packaged_sample(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-m", "polcmp.cli.main", "compare")
    assert done.returncode == 0, done.stderr
    assert all(region in done.stdout for region in REGIONS)
    assert list(tmp_path.iterdir()) == []


def test_its_json_is_that_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-m", "polcmp.cli.main", "compare", "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert [one["region"] for one in data["regions"]] == REGIONS
    assert data["taxonomy"]["path"] == "(packaged)"
    assert str(installed) not in done.stdout
    command = [sys.executable, "-m", "polcmp.cli.main", "compare", "--json"]
    here = subprocess.run(command, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=True)
    same = json.loads(here.stdout)
    assert [data["mentions"], data["cells"]] == [same["mentions"], same["cells"]]


@pytest.mark.parametrize(
    "arguments",
    [["show", "nierong"], ["why", "nierong", "joint"], ["taxonomy", "check"], ["taxonomy", "schema"]],
)
def test_the_other_commands(installed: Path, tmp_path: Path, arguments: list[str]) -> None:
    done = run(installed, tmp_path, "-m", "polcmp.cli.main", *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "0 errors" in done.stderr
