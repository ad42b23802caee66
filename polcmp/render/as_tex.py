r"""LaTeX: the matrix as a table with the rules of booktabs, to set into a paper by \input.

Every text of a document or taxonomy is escaped: none of it can be a command, a comment or a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from polcmp.model.comparison import Cell, Comparison
from polcmp.model.mention import Mention
from polcmp.render.grid import Grid, cell_lines, grid, summary, totals
from polcmp.render.labels import MARKS, cell_title, counted, measure_label, row_kind, word
from polcmp.render.options import RenderOptions
from polcmp.render.plain import figure_text, one_line, place
from polcmp.render.view_words import characters_word

MOST_ACROSS = 5
"""More regions than this stand down, measures across: the width of a page of A4."""

LONGEST = 30
"""Rows of a table that fits on a page; a longer one may be broken (package longtable)."""

LABEL_SHARE = 0.18
"""Share of a line's width for the labels; the other columns divide the rest."""

SIZE = r"\footnotesize\setlength{\tabcolsep}{3pt}"
"""In which five regions stand side by side on the 345 pt that a line of `article` has."""

HEAD = r"""% Made by polcmp, to be \input. Needs in the preamble, with XeLaTeX or LuaLaTeX:
%   \usepackage{ctex}      % or xeCJK: Chinese characters
%   \usepackage{booktabs,array,longtable}
"""

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "-": "-{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "×": r"$\times$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
}
r"""What TeX gives a meaning, ligatures (--, ``), what a row may not begin with ([ and * behind \\), and signs
that text fonts lack."""

_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")


_PART_END = re.compile(r"\\_|-\{\}|[./:]")


def render(comparison: Comparison, options: RenderOptions) -> str:
    """The matrix, and with `options.evidence` its quotations as lists; width and colour mean nothing.

    Statuses are words, since few text fonts have the marks of the other formats.
    """
    lang = options.lang
    if not comparison.regions:
        return f"{HEAD}{escaped(word('empty', lang))}\n"
    shown = grid(comparison, options.rows, lang, MOST_ACROSS)
    body, feet = _body(shown, comparison, lang)
    columns = len(body[0]) if body else len(shown.heads) + 1
    lines = _framed(_line(_heads(shown, comparison, lang)), body, feet, columns, comparison, lang)
    if options.evidence:
        lines += ["", *_evidence(comparison, options.evidence, lang)]
    return HEAD + "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Harmless text on one line that TeX prints as it is."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], one_line(text))


def _heads(shown: Grid, comparison: Comparison, lang: str) -> list[str]:
    """Labels of the columns; where regions stand down, under the first what the numbers under them are."""
    corner = escaped(shown.corner)
    if shown.regions_down:
        numbers = word("docs", lang), characters_word(comparison, lang, short=True)
        corner += rf" \newline {'/'.join(map(escaped, numbers))}"
    return [corner, *map(escaped, shown.heads)]


def _body(shown: Grid, comparison: Comparison, lang: str) -> tuple[list[list[str]], list[list[str]]]:
    """Rows of cells, and the rows below them; of regions that stand down numbers stand under their names."""
    body = [
        [escaped(label), *(_cell(cell, lang) for cell in cells)]
        for label, cells in zip(shown.labels, shown.cells, strict=True)
    ]
    counts = totals(comparison, lang)
    if not shown.regions_down:
        return body, [[escaped(name), *(f"{number:,}" for number in numbers)] for name, numbers in counts]
    for row, documents, characters in zip(body, counts[0][1], counts[1][1], strict=True):
        row[0] += rf" \newline {documents:,}/{characters:,}"
    return body, []


def _cell(cell: Cell, lang: str) -> str:
    """A cell's lines; silence is its mark."""
    if cell.zero == "not_mentioned":
        return escaped(MARKS[cell.zero])
    return r" \newline ".join(map(escaped, cell_lines(cell, lang, mark=False)))


def _line(fields: Iterable[str]) -> str:
    return f"{' & '.join(fields)} \\\\"


def _framed(
    head: str,
    body: list[list[str]],
    feet: list[list[str]],
    columns: int,
    comparison: Comparison,
    lang: str,
) -> list[str]:
    """The rows between rules, in a float where they fit on a page, else in a table that goes on."""
    share = (1 - LABEL_SHARE) / max(columns - 1, 1)
    gap = r"\linewidth-2\tabcolsep\relax"
    column = r">{\raggedright\arraybackslash}p{\dimexpr"
    spec = f"{column}{LABEL_SHARE:.3f}{gap}}}*{{{columns - 1}}}{{{column}{share:.3f}{gap}}}}}"
    rows = [*_spaced(map(_line, body)), *([r"\midrule", *map(_line, feet)] if feet else [])]
    caption = f"\\caption{{{escaped(summary(comparison, lang))}}}\\label{{tab:polcmp}}"
    top = [r"\toprule", head, r"\midrule"]
    if len(body) > LONGEST:
        return [
            f"{{{SIZE}",
            f"\\begin{{longtable}}{{{spec}}}",
            f"{caption}\\\\",
            *top,
            r"\endfirsthead",
            *top,
            r"\endhead",
            *rows,
            r"\bottomrule",
            r"\end{longtable}",
            f"{_notes(comparison, lang)}}}",
        ]
    return [
        r"\begin{table}[htbp]",
        f"\\centering{SIZE}",
        caption,
        r"\medskip",
        "",
        f"\\begin{{tabular}}{{{spec}}}",
        *top,
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
        r"\smallskip",
        "",
        _notes(comparison, lang),
        r"\end{table}",
    ]


def _spaced(rows: Iterable[str]) -> Iterator[str]:
    """Rows with a little room between them, since a cell may have several lines."""
    for at, row in enumerate(rows):
        yield f"\\addlinespace\n{row}" if at else row


def _notes(comparison: Comparison, lang: str) -> str:
    """What the mark of an empty cell and the number of mentions are."""
    notes = []
    if any(cell.zero == "not_mentioned" for cell in comparison.cells):
        notes.append(f"{MARKS['not_mentioned']} {word('explain.not_mentioned', lang)}")
    if any(cell.total for cell in comparison.cells):
        notes.append(word("explain.count", lang))
    return r"\quad ".join(map(escaped, notes))


def _evidence(comparison: Comparison, limit: int, lang: str) -> list[str]:
    """A paragraph heading and a list for each filled cell."""
    of_id = {one.id: one for one in comparison.mentions}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    lines = []
    for cell in comparison.cells:
        if not cell.mentions:
            continue
        shown = cell.mentions if limit < 0 else cell.mentions[:limit]
        title = cell_title(cell.region, names[cell.measure], lang, row_kind(comparison))
        lines.append(f"\\paragraph{{{escaped(title)}}}")
        lines.append(r"\begin{itemize}\sloppy")
        lines += [_quotation(of_id[one], lang) for one in shown]
        if len(shown) < cell.total:
            lines.append(f"\\item {escaped(counted('n_more', cell.total - len(shown), lang))}")
        lines += [r"\end{itemize}", ""]
    return lines


def _quotation(mention: Mention, lang: str) -> str:
    stop = word("semicolon", lang)
    figures = "".join(f"{stop}{escaped(figure_text(one, lang))}" for one in mention.figures)
    return rf"\item ``{escaped(mention.quote)}''{figures} (\texttt{{{_breakable(place(mention))}}})"


def _breakable(path: str) -> str:
    """A path that may go on on the next line after each of its parts."""
    return _PART_END.sub(r"\g<0>\\allowbreak{}", escaped(path))
