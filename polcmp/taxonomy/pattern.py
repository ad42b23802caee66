"""The pattern notation: text -> tree. Reads no file and knows no measure.

pattern     = row { "&" row }
row         = { alternation | gap }
alternation = piece { "|" piece }
piece       = phrase | "<" name ">" | "(" row ")" | "[" row "]"
gap         = ( "…" | "..." | "~" ) [ "{" characters "}" ]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from polcmp.model.taxonomy import Choice, Gap, Literal, Maybe, Node, Place, Row, Slot, Together
from polcmp.taxonomy import codes
from polcmp.taxonomy.fault import Ledger
from polcmp.taxonomy.phrases import Phrases
from polcmp.taxonomy.tokens import SPECIAL, Token, read_phrase, tokens

SLOTS = ("number", "percent", "money")
LONGEST_GAP = 200
DEEPEST_BRACKETS = 20

_CLOSER = {"(": ")", "[": "]"}
_PLACEHOLDER = Literal("?")


class Problem(NamedTuple):
    """A fault of a pattern, before it has a place in a file; `offset` counts code points from 0."""

    code: str
    offset: int
    message: str
    hint: str = ""


class ListFault(Exception):
    """Raised by a word-list look-up for a name that cannot be used; says why.

    Args:
        code: a code of `polcmp.taxonomy.codes`.
        message: what is wrong with the name.
        hint: what to do.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class _Broken(Exception):
    """The rest of the pattern cannot be read; the problem has been noted."""


Lookup = Callable[[str], Choice]


class PatternParser:
    """Parses patterns of one taxonomy; equal phrases come out as one shared literal."""

    def __init__(self, phrases: Phrases, lookup: Lookup) -> None:
        """Make a parser.

        Args:
            phrases: where literals come from.
            lookup: the `Choice` of a word list by name; raises `ListFault` when there is none.
        """
        self._phrases = phrases
        self._lookup = lookup

    def parse(self, pattern: str, gap: int, *, entry: bool = False) -> tuple[Node | None, list[Problem]]:
        """Parse one pattern.

        Args:
            pattern: the text in the notation.
            gap: length of a gap that names none, 0 to 200 code points.
            entry: whether the text is an entry of a word list, where ``&`` is not allowed.

        Returns:
            The tree, and the problems; with a problem there is no tree.
        """
        if SPECIAL.search(pattern) is None:
            literal = self._phrases.plain(pattern)
            if literal is not None:
                return literal, []
            return None, [_empty(pattern)]
        if not pattern.strip():
            return None, [_empty(pattern)]
        return _Parse(pattern, gap, entry, self._phrases, self._lookup).run()


def _empty(pattern: str) -> Problem:
    if pattern.strip():
        return Problem(codes.EMPTY_PATTERN, 0, f"nothing is left of `{pattern}` once it is folded")
    return Problem(codes.EMPTY_PATTERN, 0, "empty pattern", "write a phrase, or take the entry away")


class _Parse:
    """One run over one pattern."""

    def __init__(self, pattern: str, gap: int, entry: bool, phrases: Phrases, lookup: Lookup) -> None:
        self._tokens = tokens(pattern)
        self._at = 0
        self._depth = 0
        self._gap = gap
        self._entry = entry
        self._phrases = phrases
        self._lookup = lookup
        self._problems: list[Problem] = []

    def run(self) -> tuple[Node | None, list[Problem]]:
        try:
            node = self._pattern()
        except _Broken:
            node = None
        return (None if self._problems else node), self._problems

    def _note(self, code: str, token: Token, message: str, hint: str = "") -> None:
        self._problems.append(Problem(code, token.start, message, hint))

    def _break(self, code: str, token: Token, message: str, hint: str = "") -> _Broken:
        self._note(code, token, message, hint)
        return _Broken()

    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _pattern(self) -> Node:
        parts = [self._row(self._next())]
        while self._next().kind == "&":
            mark = self._take()
            if self._entry:
                hint = "a word list holds alternatives; write `&` in the pattern that uses the list"
                self._note(codes.MISPLACED_AND, mark, "`&` inside a word list", hint)
            parts.append(self._row(mark))
        token = self._next()
        if token.kind != "end":
            hint = f"take it away, open a bracket before it, or write `\\{token.text}` for the character"
            raise self._break(codes.STRAY_CHARACTER, token, f"stray `{token.text}`", hint)
        return parts[0] if len(parts) == 1 else Together(tuple(parts))

    def _row(self, opener: Token) -> Node:
        """Read pieces up to a closing bracket, ``&`` or the end; `opener` is where faults point."""
        items: list[Node | Gap] = []
        gaps: list[Token] = []
        while (token := self._next()).kind not in (")", "]", "&", "end"):
            if token.kind == "gap":
                self._take()
                if items and isinstance(items[-1], Gap):
                    hint = "keep one of them; its length can be given, as in `…{20}`"
                    self._note(codes.GAPS_IN_A_ROW, token, "two gaps in a row", hint)
                    continue
                gaps.append(token)
                items.append(self._read_gap(token))
            else:
                piece = self._alternation()
                items.extend(piece.items if isinstance(piece, Row) else (piece,))
        self._check_row(items, gaps, opener)
        return _as_row(items)

    def _check_row(self, items: list[Node | Gap], gaps: list[Token], opener: Token) -> None:
        end = self._next()
        if not items:
            raise self._empty_row(opener, end)
        if len(items) == 1 and isinstance(items[0], Gap):
            hint = "a gap stands between two pieces"
            raise self._break(codes.GAP_AT_EDGE, gaps[0], "a gap alone", hint)
        for at, gap, where in ((0, gaps[:1], "start"), (-1, gaps[-1:], "end")):
            if isinstance(items[at], Gap):
                inside = " of the brackets" if self._depth else ""
                remedy = "move it out of the brackets" if self._depth else "take it away"
                hint = f"a gap stands between two pieces; {remedy}"
                self._note(codes.GAP_AT_EDGE, gap[0], f"gap at the {where}{inside}", hint)
                del items[at]  # so that the row around these brackets is not blamed as well
        if all(isinstance(item, (Maybe, Gap)) for item in items) and any(
            isinstance(item, Maybe) for item in items
        ):
            hint = "it would match nothing at all; take the `[…]` off one piece"
            self._note(codes.ONLY_OPTIONAL, opener, "only optional pieces", hint)

    def _empty_row(self, opener: Token, end: Token) -> _Broken:
        if opener.kind in _CLOSER:
            hint = "write something between the brackets, or take them away"
            return self._break(codes.EMPTY_PATTERN, opener, "empty brackets", hint)
        if opener.kind == "&" or end.kind == "&":
            mark = opener if opener.kind == "&" else end
            return self._break(codes.MISPLACED_AND, mark, "nothing stands on one side of `&`")
        hint = f"take it away, or write `\\{end.text}` for the character"
        return self._break(codes.STRAY_CHARACTER, end, f"stray `{end.text}`", hint)

    def _read_gap(self, token: Token) -> Gap:
        scope = "clause" if token.text[0] in "~～〜" else "sentence"
        brace = max(token.text.find("{"), token.text.find("｛"))
        if brace < 0:
            return Gap(self._gap, scope)
        digits = token.text[brace + 1 : -1].strip()
        if digits.isdecimal() and len(digits) < 6 and int(digits) <= LONGEST_GAP:
            return Gap(int(digits), scope)
        hint = f"write a whole number of characters from 0 to {LONGEST_GAP}, as in `…{{20}}`"
        place = Token("gap", digits, token.start + brace + 1)
        self._note(codes.GAP_LENGTH, place, f"`{digits}` is no length of a gap", hint)
        return Gap(self._gap, scope)

    def _alternation(self) -> Node:
        first = self._next()
        options = [self._piece()]
        while self._next().kind == "|":
            bar = self._take()
            if self._next().kind in ("|", ")", "]", "&", "gap", "end"):
                raise self._empty_alternative(bar)
            options.append(self._piece())
        if len(options) == 1:
            return options[0]
        if any(isinstance(option, Maybe) for option in options):
            hint = "put the whole alternation in brackets, `[a|b]`, or take the brackets off"
            self._note(codes.ONLY_OPTIONAL, first, "an alternative is optional", hint)
        return Choice(tuple(_flat(options)))

    def _empty_alternative(self, bar: Token) -> _Broken:
        hint = "`|` stands between two pieces, as in `支付|返还`; write `\\|` for the character"
        return self._break(codes.EMPTY_ALTERNATIVE, bar, "nothing stands on one side of `|`", hint)

    def _piece(self) -> Node:
        token = self._take()
        if token.kind == "phrase":
            return self._phrase(token)
        if token.kind == "list":
            return self._list(token)
        if token.kind in _CLOSER:
            return self._brackets(token)
        if token.kind == "|":
            raise self._empty_alternative(token)
        raise self._stray(token)

    def _stray(self, token: Token) -> _Broken:
        mark = token.text
        if mark in "<＜":
            hint = "close it, as in `<number>`; write `\\<` for the character"
            return self._break(codes.UNCLOSED_BRACKET, token, "`<` is never closed", hint)
        if mark in "{｛}｝":
            hint = "the length of a gap stands right behind it, as in `…{20}`; write `\\{` for the character"
            return self._break(codes.STRAY_CHARACTER, token, f"stray `{mark}`", hint)
        hint = f"write `\\{mark}` for the character itself"
        return self._break(codes.STRAY_CHARACTER, token, f"stray `{mark}`", hint)

    def _brackets(self, opener: Token) -> Node:
        self._depth += 1
        if self._depth > DEEPEST_BRACKETS:
            message = f"brackets more than {DEEPEST_BRACKETS} deep"
            raise self._break(codes.TOO_DEEP, opener, message, "move a part into a word list")
        inner = self._row(opener)
        token = self._next()
        if token.kind == "&":
            hint = "it joins whole patterns; write two patterns instead"
            raise self._break(codes.MISPLACED_AND, token, "`&` inside brackets", hint)
        if token.kind != _CLOSER[opener.kind]:
            hint = f"close it with `{_CLOSER[opener.kind]}`, or write `\\{opener.text}` for the character"
            raise self._break(codes.UNCLOSED_BRACKET, opener, f"`{opener.text}` is never closed", hint)
        self._take()
        self._depth -= 1
        return Maybe(inner) if opener.kind == "[" else inner

    def _list(self, token: Token) -> Node:
        name = token.text[1:-1].strip()
        if name in SLOTS:
            return Slot(name)
        try:
            return self._lookup(name)
        except ListFault as fault:
            self._note(fault.code, token, fault.message, fault.hint)
            return _PLACEHOLDER

    def _phrase(self, token: Token) -> Node:
        known = self._phrases.known.get(token.text)
        if known is not None:
            return known
        phrase = read_phrase(token.text)
        if phrase.loose_mark >= 0:
            place = Token("stray", "!", token.start + phrase.loose_mark)
            hint = "it stands behind the character that must not change, as in `第一书!记`"
            self._note(codes.STRAY_CHARACTER, place, "`!` behind no character", hint)
            return _PLACEHOLDER
        if phrase.exact and not phrase.text.strip():
            hint = "it stands in front of a phrase, as in `=包村`, not of brackets or a word list"
            self._note(codes.STRAY_CHARACTER, token, "`=` in front of no phrase", hint)
            return _PLACEHOLDER
        literal = self._phrases.marked(phrase.text, phrase.fixed, phrase.exact)
        if literal is None:
            message = f"nothing is left of `{phrase.text}` once it is folded"
            self._note(codes.EMPTY_PATTERN, token, message)
            return _PLACEHOLDER
        return literal


def _as_row(items: list[Node | Gap]) -> Node:
    if len(items) == 1 and not isinstance(items[0], Gap):
        return items[0]
    return Row(tuple(items))


def _flat(options: Iterable[Node]) -> Iterable[Node]:
    for option in options:
        if isinstance(option, Choice) and not option.name:
            yield from option.options
        else:
            yield option


def parse_pattern(pattern: str, *, gap: int = 12, lists: dict[str, Choice] | None = None) -> Node:
    """Parse one pattern given as text, outside of any file.

    Args:
        pattern: the text in the notation.
        gap: length of a gap that names none, 0 to 200 code points.
        lists: word lists that ``<name>`` may stand for.

    Raises:
        TaxonomyError: with a fault for each problem; nothing else is ever raised.
    """
    known = lists or {}

    def lookup(name: str) -> Choice:
        if name not in known:
            raise ListFault(codes.UNKNOWN_LIST, f"unknown word list `{name}`")
        return known[name]

    node, problems = PatternParser(Phrases(), lookup).parse(pattern, gap)
    ledger = Ledger("pattern", pattern)
    for problem in problems:
        before = pattern[: problem.offset]
        place = Place(before.count("\n") + 1, problem.offset - before.rfind("\n"))
        ledger.add(problem.code, place, problem.message, problem.hint)
    ledger.raise_errors()
    if node is None:  # pragma: no cover - a pattern without a tree always has a problem
        raise AssertionError(pattern)
    return node
