"""What `docs/taxonomy.md` shows is true: its samples load, its patterns parse, every code has a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from polcmp.model.taxonomy import Choice, Literal
from polcmp.taxonomy import codes, load_taxonomy, parse_pattern

TESTS = Path(__file__).parent.parent
GUIDE = (TESTS.parent / "docs" / "taxonomy.md").read_text(encoding="utf-8")
LISTS = {name: Choice((Literal("甲乙"),), name) for name in ("dispatch", "cadre")}
USED = [value for name, value in vars(codes).items() if name.isupper()]


def samples() -> list[str]:
    """The YAML blocks of the guide, made whole files."""
    whole = []
    for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL):
        if block.startswith("terms:"):
            block += "measures: [{id: a, patterns: [<cadre>]}]\n"
        elif block.startswith("    "):
            own = "" if "patterns:" in block else "    patterns: [甲乙丙]\n"
            block = f"measures:\n  - id: a\n{own}{block}"
        whole.append(block)
    return whole


@pytest.mark.parametrize("text", samples())
def test_samples_load(text: str, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_taxonomy(path).measures


def patterns() -> list[str]:
    """The patterns of the table of the notation."""
    table = GUIDE.split("## Patterns")[1].split("###")[0]
    cells = [row.replace("\\|", "\0").split("|")[3] for row in table.splitlines() if row.startswith("| `")]
    spans = [span for cell in cells for span in re.findall(r"`([^`]+)`", cell)]
    return [span.replace("\0", "|").strip('"') for span in spans]


@pytest.mark.parametrize("pattern", patterns())
def test_patterns_parse(pattern: str) -> None:
    assert parse_pattern(pattern, lists=LISTS)


def test_how_tightly_marks_bind() -> None:
    one, two = re.findall(r"^    (精准 .*?) +=  +(.*)$", GUIDE, re.MULTILINE)[0]
    assert parse_pattern(one) == parse_pattern(two)


@pytest.mark.parametrize("code", USED)
def test_every_code_has_a_test(code: str) -> None:
    golden = "".join(p.read_text(encoding="utf-8") for p in (TESTS / "golden" / "taxonomy").glob("*.txt"))
    unit = (TESTS / "taxonomy" / "test_taxonomy_load.py").read_text(encoding="utf-8")
    assert f"{code} " in golden or f'"{code}"' in unit


@pytest.mark.parametrize("code", USED)
def test_every_code_is_in_the_guide(code: str) -> None:
    ranges = re.findall(r"P(2\d\d)(?:–P(2\d\d))?", GUIDE.split("| code | what |")[1])
    assert any(low <= code[1:] <= (high or low) for low, high in ranges)


def test_codes_are_given_once() -> None:
    assert len(USED) == len(set(USED))
