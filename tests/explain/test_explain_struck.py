"""`why` names the words of the text at which an exclusion struck, not its rule alone."""

from __future__ import annotations

from pathlib import Path

from polcmp import compare, load_taxonomy
from polcmp.render import RenderOptions
from polcmp.render.why_view import why_cell

TAXONOMY = """
version: 1
measures:
  - id: cadre_dispatch
    name: 干部选派
    patterns:
      - 选派 … 第一书记
      - {pattern: 派驻 … 工作队, unless: [演练|彩排]}
    exclude:
      - 选派单位
      - {pattern: 教师|医生|运动员|裁判员|志愿者|讲师团|教练员|留学生|支教队|医疗队, scope: clause}
"""

TEXT = "本地选派教师任第一书记3名。另有医生若干。派驻演出工作队参加彩排。选派运动员和裁判员任第一书记。"


def test_words_that_exclusions_struck_at(tmp_path: Path) -> None:
    (tmp_path / "measures.yaml").write_text(TAXONOMY, encoding="utf-8")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text("选派医生任第一书记。", encoding="utf-8")
    (folder / "documents.yaml").write_text("a.txt: {region: 甲县}\nb.txt: {region: 甲县}\n", encoding="utf-8")
    result = compare(folder, taxonomy=tmp_path / "measures.yaml")
    explained = result.explain("甲县", "cadre_dispatch", load_taxonomy(tmp_path / "measures.yaml"))
    found = {(one.document, TEXT[slice(*one.raw_span)]): one.words for one in explained.struck}
    assert found == {
        ("a.txt", "选派教师任第一书记"): "教师",
        ("a.txt", "派驻演出工作队"): "彩排",
        ("a.txt", "选派运动员和裁判员任第一书记"): "运动员",
        ("b.txt", TEXT[:9]): "医生",
    }
    for lang, said in (("en", "struck by"), ("zh", "排除词")):
        shown = why_cell(result.comparison, "甲县", "cadre_dispatch", RenderOptions(lang), None, explained)
        assert [line.split()[-1] for line in shown.splitlines() if said in line] == [
            f"「{words}」" for words in ("教师", "彩排", "运动员", "医生")
        ]


def test_a_cell_without_exclusions_names_none(tmp_path: Path) -> None:
    (tmp_path / "measures.yaml").write_text(TAXONOMY, encoding="utf-8")
    (tmp_path / "a.txt").write_text("甲县选派第一书记3名。", encoding="utf-8")
    (tmp_path / "documents.yaml").write_text("a.txt: {region: 甲县}\n", encoding="utf-8")
    result = compare(tmp_path / "a.txt", taxonomy=tmp_path / "measures.yaml")
    explained = result.explain("甲县", "cadre_dispatch", load_taxonomy(tmp_path / "measures.yaml"))
    assert explained.struck == ()
