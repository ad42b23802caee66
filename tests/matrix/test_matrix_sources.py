from __future__ import annotations

import random
import time
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from polcmp.matrix import estimated_jaccard, fingerprint, independent_sources
from polcmp.model.document import Mask
from polcmp.text.span import Span

CHARACTERS = "干部选派村第一书记驻企业结对帮扶入股保底分红合作社联合党委会议工作乡镇发展产业振兴群众组织建设"


def invented(seed: int, length: int = 2500) -> str:
    choose = random.Random(seed)
    return "".join(choose.choice(CHARACTERS) for _ in range(length))


def test_copies_are_alike_and_others_are_not() -> None:
    text = invented(1)
    mirror = f"本网讯 记者某某\n{text[:1200]}\n\n{text[1200:]}（编辑：某某）"
    assert fingerprint(text) == fingerprint(text)
    assert estimated_jaccard(fingerprint(text), fingerprint(mirror)) > 0.9
    assert estimated_jaccard(fingerprint(text), fingerprint(invented(2))) < 0.2
    assert estimated_jaccard(fingerprint(text), fingerprint(text[:1000])) < 0.6


def test_punctuation_and_masks_do_not_matter() -> None:
    text = invented(3, 400)
    noisy = f"首页 > 新闻\n{text[:100]},\n{text[100:]}。"
    assert fingerprint(noisy, [Mask(Span(0, 8), "navigation")]) == fingerprint(text)
    assert fingerprint(text, [Mask(Span(0, 400), "a"), Mask(Span(5, 20), "b")]) == ()


@given(st.text(max_size=300))
def test_any_text_has_a_fingerprint(text: str) -> None:
    sketch = fingerprint(text)
    assert len(sketch) <= 64
    assert list(sketch) == sorted(set(sketch))
    assert estimated_jaccard(sketch, sketch) == (1.0 if sketch else 0.0)


def test_groups_do_not_depend_on_order() -> None:
    one, other = fingerprint(invented(1)), fingerprint(invented(2))
    near = fingerprint(invented(1)[:-100])
    named = {"d": near, "b": one, "a": other, "c": one, "e": ()}
    for order in permutations(named):
        assert independent_sources({name: named[name] for name in order}) == {
            "a": "a",
            "b": "b",
            "c": "b",
            "d": "b",
            "e": "e",
        }


def test_a_fingerprint_is_quick() -> None:
    text = invented(5)
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.002


def _seconds(text: str) -> float:
    start = time.perf_counter()
    fingerprint(text)
    return time.perf_counter() - start
