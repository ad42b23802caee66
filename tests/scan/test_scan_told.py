"""What a scan tells of its corpus is what `polcmp compare` tells of the same folder, and has bounds."""

import json
import os
from pathlib import Path

import pytest
from scan_lab import record, scan, text, write_folder
from typer.testing import CliRunner

from polcmp.cli.main import app
from polcmp.load.left_out import LeftOut
from polcmp.store.layout import read_manifest


def awkward_folder(folder: Path) -> Path:
    """Invented documents beside all that a folder may hold that is none, or cannot be read."""
    write_folder(folder, 4)
    write_folder(folder / "deeper", 2, first=10)
    for name in ("a.png", "b.png", ".hidden.txt", "README", "~$x.docx", "deeper/c.xlsx", ".settings"):
        (folder / name).write_text("虚构", encoding="utf-8")
    for name in ("old.odt", "deeper/old.epub", "program.txt"):
        (folder / name).write_bytes(b"\x7fELF\0\1")
    (folder / "empty.docx").write_bytes(b"")
    (folder / "nowhere.txt").symlink_to("there/is/nothing")
    (folder / "out.txt").symlink_to("/etc/hostname")
    (folder / "x.jsonl").write_text(record(1) + "{bad\n" + '{"id": "z"}\n', encoding="utf-8")
    (folder / "none.jsonl").write_text('{"body": "a"}\n{"body": "b"}\n', encoding="utf-8")
    (folder / "none.csv").write_text("id,body\n1,a\n", encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    sidecar = "d000.txt: {region: 云溪县}\ngone.txt: {region: 石门县}\nlost/too.txt: {region: 青山县}\n"
    (folder / "documents.yaml").write_text(sidecar, encoding="utf-8")
    (folder / "deeper" / "documents.yaml").write_text("d010.txt: {colour: red}\n", encoding="utf-8")
    return folder


def said(*arguments: str) -> dict[str, object]:
    """Errors and warnings of a command's JSON."""
    ran = CliRunner().invoke(app, [*arguments, "--json"])
    told = json.loads(ran.stdout)
    return {name: told[name] for name in ("errors", "warnings")}


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_store_has_the_errors_and_warnings_of_its_documents(tmp_path: Path, workers: str) -> None:
    folder, store = awkward_folder(tmp_path / "c"), tmp_path / "s"
    command = ["scan", str(folder), "-o", str(store), "--workers", workers]
    ran = CliRunner().invoke(app, command)
    assert ran.exit_code == 3
    direct = said("compare", str(folder))
    assert len(direct["errors"]) > 10
    assert any("6 files left out" in one for one in direct["warnings"])
    assert said("compare", str(store)) == direct
    assert "warning: 6 files left out: 2 .png" in ran.stderr
    again = CliRunner().invoke(app, command)
    assert "6 files left out" in again.stderr, "also when nothing had to be read"
    assert said("compare", str(store)) == direct


def test_a_folder_without_documents_says_what_was_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"")
    for command in (["compare", str(folder)], ["scan", str(folder), "-o", str(tmp_path / "s")]):
        ran = CliRunner().invoke(app, command)
        assert "P303" in str(ran.exception) and "1 file left out: 1 .png." in str(ran.exception)


def test_a_path_without_region_is_told(tmp_path: Path) -> None:
    folder, store = tmp_path / "c", tmp_path / "s"
    folder.mkdir()
    (folder / "a.txt").write_text("今年选派驻村干部3名。", encoding="utf-8")
    scanned = ["scan", str(folder), "-o", str(store), "--region-from", r"(\d{9})"]
    for _ in range(2):
        assert "--region-from found no region" in CliRunner().invoke(app, scanned).stderr
    told = said("compare", str(folder), "--region-from", r"(\d{9})")
    assert said("compare", str(store)) == told


def test_many_failures_come_with_the_command_that_shows_all(tmp_path: Path) -> None:
    folder, store = write_folder(tmp_path / "c", 2), tmp_path / "a store"
    for number in range(15):
        (folder / f"bad{number:02}.txt").write_bytes(b"\x7fELF\0")
    ran = CliRunner().invoke(app, ["scan", str(folder), "-o", str(store)])
    assert ran.stderr.count("P304") == 10
    command = f"polcmp compare '{store}' --json --top 1"
    assert f'15 could not be read; all of them with their reasons, under "errors": {command}' in ran.stderr
    told = json.loads(CliRunner().invoke(app, ["compare", str(store), "--json", "--top", "1"]).stdout)
    assert len(told["errors"]) == 15


def test_errors_of_folders_are_bounded(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 1)
    for number in range(130):
        (folder / f"link{number:03}.txt").symlink_to("/etc/hostname")
    ran = CliRunner().invoke(app, ["scan", str(folder), "-o", str(tmp_path / "s")])
    assert ran.stderr.count("P314") == 100
    assert "130 could not be read" in ran.stderr
    assert len(read_manifest(tmp_path / "s").errors) == 130


def test_files_left_out_take_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polcmp.load.left_out.MOST_PATHS", 10)
    monkeypatch.setattr("polcmp.load.left_out._MOST_COUNTED", 2)
    found = LeftOut()
    for number in range(10):
        found.add(f"/there/is/no/{number}.png")
    for ending in ("png", "gif", "zip7", "bmp", "ico"):
        found.add(f"/there/is/no/x.{ending}")
    assert found.told() == "15 files left out: 11 .png, 1 .gif, 3 of other kinds"


def test_files_of_a_glob_that_are_left_out(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", 1)
    (folder / "a.png").write_bytes(b"")
    (folder / "named.jpg").write_text(text(3), encoding="utf-8")
    report = scan([f"{folder}/*", f"{folder}/named.jpg"], tmp_path / "s")
    assert report.documents == 2
    assert report.warnings == ("1 file left out: 1 .png",), "what is named elsewhere is read"
