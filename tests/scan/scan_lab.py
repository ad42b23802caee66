"""Small invented corpora, scans of them with small parts, and what a store holds."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from polcmp.api import load_taxonomy
from polcmp.load import ReadOptions
from polcmp.scan import ScanReport, plan_scan, run_scan
from polcmp.scan.plan import Sizes
from polcmp.settings import Settings
from polcmp.store.layout import committed_parts
from polcmp.store.schema import TABLES

TAXONOMY = """\
version: 1
measures:
  - id: dispatch
    name: 干部选派
    name_en: Cadre dispatch
    definition: 选派干部驻村
    patterns: [选派驻村干部, 驻村工作队]
"""
SMALL = Sizes(batch_documents=2, part_documents=5)
COUNTIES = ("云溪县", "石门县", "青山县")


def text(number: int) -> str:
    """An invented document that mentions the measure."""
    county = COUNTIES[number % len(COUNTIES)]
    return f"{county}第{number}号简报\n{county}今年选派驻村干部{number + 2}名。虚构的句子，仅供测试。\n"


def write_folder(folder: Path, count: int, first: int = 0) -> Path:
    """A folder of invented documents ``d000.txt`` …"""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"d{number:03}.txt").write_text(text(number), encoding="utf-8")
    return folder


def record(number: int, **more: object) -> str:
    """A line of JSON with an invented document."""
    return json.dumps({"id": f"r{number}", "text": text(number), **more}, ensure_ascii=False) + "\n"


def scan(
    corpus: Path | list[Path] | list[str],
    output: Path | str,
    *,
    workers: int = 0,
    min_score: float = 0.6,
    **more: Any,
) -> ScanReport:
    """Scan with parts of five documents; in this process unless `workers` says otherwise."""
    taxonomy_text = more.pop("taxonomy", TAXONOMY)
    folder = Path(tempfile.mkdtemp()) if isinstance(output, str) else output.parent
    file = folder / f"{Path(output).name}.taxonomy.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(taxonomy_text, encoding="utf-8")
    settings = Settings(min_score=min_score)
    options = more.pop("options", ReadOptions())
    progress = more.pop("progress", None)
    request = plan_scan(
        [corpus] if isinstance(corpus, Path) else corpus,
        output,
        replace(load_taxonomy(file, settings), path="taxonomy.yaml"),
        file.read_bytes(),
        settings,
        options,
        workers,
        **more,
    )
    return run_scan(replace(request, sizes=SMALL), progress)


def table(store: Path, name: str) -> list[dict[str, Any]]:
    """Rows in force of a table, by source; everything a reader of the store may see."""
    import pyarrow.parquet as pq

    parts = committed_parts(store)
    newest: dict[str, int] = {}
    for part in parts:
        for row in pq.read_table(part.path("sources")).to_pylist():
            newest[row["source"]] = max(newest.get(row["source"], 0), row["generation"])
    rows = [row for part in parts for row in pq.read_table(part.path(name)).to_pylist()]
    in_force = [row for row in rows if row["generation"] == newest[row["source"]]]
    return sorted(in_force, key=lambda row: (row["source"], row.get("start", 0)))


def found(store: Path) -> dict[str, int]:
    """Documents in force with their number of mentions."""
    counts = {row["source"]: 0 for row in table(store, "documents")}
    for row in table(store, "mentions"):
        counts[row["source"]] += 1
    return counts


def codes(store: Path) -> dict[str, str]:
    """Errors in force by source."""
    return {row["source"]: row["code"] for row in table(store, "errors")}


def contents(store: Path) -> dict[str, str]:
    """Every file in ``parts`` with the hash of its bytes: equal for scans that did the same."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted((store / "parts").iterdir())}


def without_generation(store: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows in force, generations and times of files left out: what a reader is told."""
    left_out = ("generation", "mtime_ns")
    return {
        name: [{k: v for k, v in row.items() if k not in left_out} for row in table(store, name)]
        for name in TABLES
    }


def poisoned_work(connection: Any, taxonomy: Any, settings: Any) -> None:
    """A worker that a document named ``poison.txt`` kills."""
    from polcmp.load import read
    from polcmp.scan import batch
    from polcmp.scan.worker import work

    def deadly(source: Any) -> Any:
        if source.name.endswith("poison.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        return read(source)

    batch.read = deadly
    work(connection, taxonomy, settings)


def sleeping_work(connection: Any, taxonomy: Any, settings: Any) -> None:
    """A worker that never ends what it is given."""
    import time

    from polcmp.scan.worker import Started

    connection.send(Started())
    connection.recv()
    time.sleep(60)


def main() -> None:
    """``scan_lab.py CORPUS STORE WORKERS [ADDRESS]``: a scan in a process of its own, to be killed."""
    import sys

    corpus, store, workers, *address = sys.argv[1:]
    asked = {"address": address[0]} if address else {}
    scan(Path(corpus), store if "://" in store else Path(store), workers=int(workers), **asked)


if __name__ == "__main__":
    main()
