"""Every regular expression of the package, found in its source, and strings that try their patience."""

from __future__ import annotations

import ast
import importlib
import re
import re._constants as sre
import re._parser as sre_parser
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import polcmp
from polcmp.clean.rules import rules
from polcmp.context import cues
from polcmp.segment import sentences

PACKAGE = Path(polcmp.__file__).parent
AT_ONE_PLACE = {"match", "fullmatch"}
CALLS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}

ELSEWHERE = {
    "text/lazy.py:compiled": "what it is called with is found as any other call",
    "clean/rules.py:pattern": "the rules in data/boilerplate.tsv",
    "context/cues.py:find": "the patterns in data/cues.txt",
    "load/source.py:_compiled": "the user's own, stopped after two seconds on a path",
    "render/messages.py:_pattern": "our own messages, with a slot for each word that changes",
    "report/words.py:_called": "one English word of the page",
    "text/places.py:_shorts": "one class of characters",
}
"""Calls whose expression is no constant, and where what they compile is gathered from."""

LONGEST = {
    "context/": sentences.LONGEST,  # clauses, sentences and titles
    "data/cues.txt": sentences.LONGEST,
    "load/html_facts.py:_SITE_BEHIND": 300,  # titles of pages
    "locate/titles.py": 70,  # titles
    "text/gazetteer.py": 40,  # names of places
    "text/places.py:_canonical": 40,
}
"""The longest text that expressions of a place are given, in code points; others are given anything."""


class Expression(NamedTuple):
    """One regular expression.

    Attributes:
        where: module and function, or the data file and rule, it stands in.
        from_start: whether it is only ever tried at one place of a text (``match``, ``fullmatch``).
        longest: the longest text it is given, 0 for any.
    """

    where: str
    source: str
    flags: int
    from_start: bool
    longest: int


def expressions() -> Iterator[Expression]:
    """All of them.

    Raises:
        AssertionError: a call compiles what is no constant and is not listed in `ELSEWHERE`.
    """
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    everything = "\n".join(sources.values())
    for path, text in sources.items():
        name = path.relative_to(PACKAGE).as_posix()
        if "re." in text or "compiled(" in text:
            yield from _in_module(name, ast.parse(text), everything)
    for rule in rules().all:
        if rule.kind == "regex":
            yield Expression(f"data/boilerplate.tsv:{rule.name}", rule.source, 0, True, rule.most)
    for lexicon in (cues.sentence_lexicon(), cues.heading_lexicon(), cues.place_lexicon()):
        for pattern in lexicon._patterns:
            where = f"data/cues.txt:{pattern.kind}"
            yield Expression(where, pattern.expression, 0, False, LONGEST["data/cues.txt"])


def _in_module(name: str, tree: ast.Module, everything: str) -> Iterator[Expression]:
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    module = None
    for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _takes_one(node)]:
        where = f"{name}:{_function(call, parents)}"
        module = module or importlib.import_module("polcmp." + name[:-3].replace("/", "."))
        try:
            value = eval(ast.unparse(call.args[0]), dict(vars(module)))
        except NameError:
            assert where in ELSEWHERE, f"{where}:{call.lineno} compiles no constant"
            continue
        source = value.pattern if isinstance(value, re.Pattern) else value
        source = source.decode("latin-1") if isinstance(source, bytes) else source
        flags = re.MULTILINE if "MULTILINE" in ast.unparse(call) else 0
        longest = next((most for place, most in LONGEST.items() if where.startswith(place)), 0)
        yield Expression(where, source, flags, _methods(call, parents, everything) <= AT_ONE_PLACE, longest)


def _takes_one(call: ast.Call) -> bool:
    """Whether it is ``re.compile(…)``, ``re.match(…)`` and so on, or ``compiled(…)``."""
    name = ast.unparse(call.func)
    return name == "compiled" or (name.startswith("re.") and name[3:] in CALLS)


def _function(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """The function, or the name of the module, that a call stands in."""
    assigned = ""
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef):
            return node.name
        if isinstance(node, ast.Assign):
            assigned = ast.unparse(node.targets[0])
    return assigned


def _methods(call: ast.Call, parents: dict[ast.AST, ast.AST], everything: str) -> set[str]:
    """How what a call compiles is used: ``match``, ``search`` …"""
    name = ast.unparse(call.func)
    if name not in ("compiled", "re.compile"):
        return {name[3:]}
    parent = parents[call]
    if isinstance(parent, ast.Attribute):
        return {parent.attr}
    target = ast.unparse(parent.targets[0]) if isinstance(parent, ast.Assign) else ""
    used = set(re.findall(rf"\b{re.escape(target)}\.([a-z]+)\(", everything)) if target else set()
    return used or {"search"}


# ── strings that try their patience ──────────────────────────────────────────────────────────────


def alphabet(source: str, flags: int = 0) -> list[str]:
    """Characters an expression knows, one or two of each class, and runs of its literals."""
    found: list[str] = []

    def visit(items: Any) -> None:
        run = ""
        for kind, value in items:
            if kind is sre.LITERAL:
                run += chr(value)
                continue
            if run:
                found.extend([run, run[0]])
                run = ""
            if kind is sre.IN:
                _members(value, found)
            elif kind is sre.NOT_LITERAL:
                found.append("x")
            elif kind is sre.ANY:
                found.append("选")
            elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
                visit(value[2])
            elif kind is sre.SUBPATTERN:
                visit(value[-1])
            elif kind is sre.BRANCH:
                for branch in value[1]:
                    visit(branch)
            elif kind in (sre.ASSERT, sre.ASSERT_NOT):
                visit(value[1])
            elif kind is sre.ATOMIC_GROUP:
                visit(value)
        if run:
            found.extend([run, run[0]])

    visit(sre_parser.parse(source, flags))
    return list(dict.fromkeys(found))


def _members(items: Any, found: list[str]) -> None:
    for kind, value in items:
        if kind is sre.LITERAL:
            found.append(chr(value))
        elif kind is sre.RANGE:
            found.append(chr(value[0]))
        elif kind is sre.CATEGORY:
            found.append(
                {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a"}.get(value, "选")
            )
        elif kind is sre.NEGATE:
            found.extend(["选", "a"])


def trials(source: str, flags: int, length: int) -> Iterator[str]:
    """Long runs of what an expression knows, alone and in pairs, with a near miss before and behind."""
    known = alphabet(source, flags)
    marks = [one for one in known if not one.isalpha() or len(one) == 1]
    words = [one for one in known if one not in marks]  # long lists of words are alike: some from all over
    known = marks[:: 1 + len(marks) // 16] + words[:: 1 + len(words) // 8]
    known += [one for one in ("选", "1", " ") if one not in known]
    for one in known:
        run = one * (length // len(one))
        yield run + "\x00"
        yield "\x00" + run
    for first, second in combinations(known[:10], 2):
        pair = first + second
        yield pair * (length // len(pair)) + "\x00"
        yield first + second * (length // len(second)) + "\x00"
