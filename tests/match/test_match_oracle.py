"""The phrase finder against a search of every window for every phrase: the same hits, no miss, no extra."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from polcmp.load.encoding import decode
from polcmp.match import compile_taxonomy
from polcmp.match.phrases import Hit, PhraseFinder, cut
from polcmp.match.view import look_through_quotes
from polcmp.model.taxonomy import Literal
from polcmp.settings import Settings
from polcmp.taxonomy import load_taxonomy
from polcmp.text.fold import fold
from polcmp.text.readings import reading_key

CHECKOUT = Path(__file__).parent.parent.parent
GOLD = CHECKOUT / "tests" / "gold"
MARKS = set(",;:。!?\n")

Loose = tuple[tuple[int, int, int], int, float, str, int]


def budget_of(phrase: Literal, settings: Settings) -> int:
    """Edits a phrase takes, as the guide says it."""
    length = len(phrase.text)
    if phrase.exact or length <= settings.no_edits_up_to:
        return 0
    return 1 if length <= settings.one_edit_up_to else 2


def edited(phrase: Literal, text: str, budget: int) -> list[Loose]:
    """Every window within the budget: (rank, end, 1 - similarity, how, start), best first when sorted."""
    found = []
    length = len(phrase.text)
    for start in range(len(text)):
        for size in range(max(1, length - budget), length + budget + 1):
            window = text[start : start + size]
            if len(window) < size:
                continue
            edits = Levenshtein.distance(phrase.text, window, score_cutoff=budget)
            if not 0 < edits <= budget or (set(window) & MARKS) - set(phrase.text):
                continue
            ops = Levenshtein.editops(phrase.text, window)
            if any(op.src_pos in phrase.fixed and op.tag != "insert" for op in ops):
                continue
            rank = (edits, abs(size - length), start)
            found.append((rank, start + size, edits / max(size, length), f"edits:{edits}", start))
    return found


def misspelt(phrase: Literal, text: str, sound: str, settings: Settings) -> list[Loose]:
    """Every window that reads as the phrase does, half of its characters the phrase's own."""
    length = len(phrase.text)
    if phrase.exact or length < settings.homophone_from:
        return []
    found = []
    own_sound = "".join(reading_key(character) for character in phrase.text)
    for start in range(len(text) - length + 1):
        if sound[start : start + length] != own_sound:
            continue
        window = text[start : start + length]
        changed = [i for i, (a, b) in enumerate(zip(phrase.text, window, strict=True)) if a != b]
        if 0 < len(changed) <= length / 2 and not phrase.fixed & set(changed):
            distance = len(changed) / (2 * length)
            found.append(((len(changed), 0, start), start + length, distance, "homophone", start))
    return found


def brute_force(phrases: list[Literal], text: str, settings: Settings) -> list[Hit]:
    """All hits, the slow way."""
    hits = []
    sound = "".join(reading_key(character) for character in text)
    for number, phrase in enumerate(phrases):
        length = len(phrase.text)
        starts = [s for s in range(len(text)) if text.startswith(phrase.text, s)]
        taken = [(s, s + length) for s in starts]
        hits += [Hit(s, s + length, number, 1.0, "exact") for s in starts]
        budget = budget_of(phrase, settings)
        loose = edited(phrase, text, budget) if budget else []
        loose = [w for w in loose + misspelt(phrase, text, sound, settings) if free(w, taken)]
        for window in sorted(loose):
            _, end, distance, how, start = window
            if free(window, taken):
                taken.append((start, end))
                hits.append(Hit(start, end, number, 1 - distance, how))
    return sorted(hits)


def free(window: Loose, taken: list[tuple[int, int]]) -> bool:
    """Whether a window shares no character with what is taken."""
    return all(window[1] <= start or end <= window[4] for start, end in taken)


def hits_of(finder: PhraseFinder, text: str) -> list[Hit]:
    """All that a finder finds, its verbatim texts as hits of each phrase that has the text."""
    verbatim, loose = finder.find(text)
    assert [one[2] for one in verbatim] == sorted(one[2] for one in verbatim)
    assert loose == sorted(loose)
    having = {
        text: [n for n, phrase in enumerate(finder.phrases) if phrase.text == text] for text in finder.texts
    }
    exact = [
        Hit(start, end, number, 1.0, "exact")
        for one, start, end in verbatim
        for number in having[finder.texts[one]]
    ]
    return sorted(exact + loose)


def agree(phrases: list[Literal], text: str, settings: Settings) -> None:
    found = hits_of(PhraseFinder(phrases, settings, reading_key), text)
    assert found == brute_force(phrases, text, settings)


# Few characters, some of one reading (驻注住, 村存, 帮邦), two clause marks: near hits are common.
ALPHABET = "驻注住村存帮邦队,。"


@st.composite
def literals(draw: st.DrawFn) -> Literal:
    text = draw(st.text(ALPHABET, min_size=draw(st.sampled_from([1, 5, 8])), max_size=10))
    fixed = draw(st.frozensets(st.integers(0, len(text) - 1), max_size=2))
    return Literal(text, fixed, draw(st.booleans()) and draw(st.booleans()))


@st.composite
def near_texts(draw: st.DrawFn, phrases: list[Literal]) -> str:
    """Runs of noise and of phrases with a few characters changed, dropped or doubled."""
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            pieces.append(draw(st.text(ALPHABET, max_size=8)))
        piece = list(draw(st.sampled_from(phrases)).text)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, max(0, len(piece) - 1)))
            piece[at : at + draw(st.integers(0, 1))] = draw(st.text(ALPHABET, max_size=1))
        pieces.append("".join(piece))
    return "".join(pieces)


@given(st.data())
def test_generated_texts(data: st.DataObject) -> None:
    phrases = data.draw(st.lists(literals(), min_size=1, max_size=6, unique=True))
    agree(phrases, data.draw(near_texts(phrases)), Settings())


@given(st.data(), st.integers(1, 4), st.integers(0, 4), st.integers(1, 5))
def test_other_budgets(data: st.DataObject, none: int, more: int, homophone_from: int) -> None:
    one = max(2, none + more)  # a phrase needs more characters than it takes edits
    settings = Settings(no_edits_up_to=none, one_edit_up_to=one, homophone_from=homophone_from)
    phrases = data.draw(st.lists(literals(), min_size=1, max_size=4, unique=True))
    agree(phrases, data.draw(near_texts(phrases)), settings)


ANY = st.characters(codec="utf-8")


@given(
    st.text(ANY, max_size=40),
    st.lists(st.text(ANY, min_size=1, max_size=10), min_size=1, max_size=4, unique=True),
)
@example("a\U0001f600bc\x00d", ["\U0001f600bcd\x00", "bc\x00d"])
@example("bc\x00de\U00020000fg", ["bc\x00de\U00020000f", "de\U00020001fg"])
def test_any_characters(text: str, phrases: list[str]) -> None:
    agree([Literal(one) for one in phrases], text, Settings())


@pytest.mark.parametrize(
    "phrase", ["甲乙丙丁戊", "甲乙丙丁戊己庚", "甲乙丙丁戊己庚辛", "甲乙丙丁戊己庚辛壬癸子"]
)
def test_every_single_and_double_edit(phrase: str) -> None:
    """A character put in, left out or changed at every place, and at two places at once."""
    places = range(len(phrase) + 1)
    for i in places:
        for j in places[i:]:
            for one in ("问", ""):
                for other in ("答", ""):
                    for cut_one, cut_other in ((0, 0), (1, 0), (0, 1), (1, 1)):
                        middle = phrase[i + cut_one : max(j, i + cut_one)]
                        spoilt = phrase[:i] + one + middle + other + phrase[max(j, i + cut_one) + cut_other :]
                        agree([Literal(phrase)], f"前文{spoilt}后文", Settings())


def test_windows_longer_and_shorter_than_the_phrase() -> None:
    finder = PhraseFinder([Literal("甲乙丙丁戊"), Literal("甲乙丙丁戊己庚辛")], Settings(), reading_key)
    assert hits_of(finder, "你甲乙你丙丁戊你") == [Hit(1, 7, 0, 1 - 1 / 6, "edits:1")]
    assert hits_of(finder, "你甲乙丁戊你") == [Hit(1, 5, 0, 0.8, "edits:1")]
    assert hits_of(finder, "你甲乙你丙丁你戊己庚辛你") == [Hit(1, 11, 1, 0.8, "edits:2")]
    assert hits_of(finder, "你甲乙丁戊庚辛你") == [
        Hit(1, 5, 0, 0.8, "edits:1"),
        Hit(1, 7, 1, 0.75, "edits:2"),
    ]


@given(st.integers(0, 30), st.integers(1, 4))
def test_cuts_cover_a_phrase(length: int, pieces: int) -> None:
    cuts = cut(length, pieces)
    assert len(cuts) == pieces
    assert [i for start, end in cuts for i in range(start, end)] == list(range(length))
    sizes = [end - start for start, end in cuts]
    assert max(sizes) - min(sizes) <= 1


DOCUMENTS = [
    *sorted((CHECKOUT / "seeds").glob("*.txt")),
    *(GOLD / "dev" / "documents" / f"d{n:02}.txt" for n in (1, 9)),
    *(GOLD / "invented-a" / "documents" / f"a{n:02}.txt" for n in (1, 4)),
]


@pytest.fixture(scope="module")
def finder() -> PhraseFinder:
    settings = Settings()
    taxonomy = load_taxonomy(CHECKOUT / "measures.yaml", default_gap=settings.gap_characters)
    return compile_taxonomy(taxonomy, settings).finder


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:5])
def test_the_phrases_of_the_default_taxonomy(finder: PhraseFinder, path: Path) -> None:
    text = look_through_quotes(fold(decode(path.read_bytes(), str(path)).text).text).text
    assert len(finder.phrases) > 500
    found = hits_of(finder, text)
    assert found == brute_force(list(finder.phrases), text, Settings())
    assert found
