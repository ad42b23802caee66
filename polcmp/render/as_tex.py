r"""LaTeX: the matrix as a table with the rules of booktabs, to set into a paper by \input.

Every text of a document or taxonomy is escaped: none of it can be a command, a comment or a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from polcmp.model.comparison import Cell, Comparison
from polcmp.model.mention import Mention
from polcmp.render.grid import Grid, cell_lines, grid, summary, totals
from polcmp.render.labels import cell_title, counted, measure_label, word
from polcmp.render.options import RenderOptions
from polcmp.render.plain import figure_text, one_line, place

MOST_ACROSS = 5
"""More regions than this stand down, measures across: the width of a page of A4."""

LONGEST = 30
"""Rows of a table that fits on a page; a longer one may be broken (package longtable)."""

LABEL_SHARE = 0.16
"""Share of a line's width for the labels; the other columns divide the rest."""

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
}
r"""What TeX gives a meaning, ligatures (--, ``), and what a row may not begin with ([ and * behind \\)."""

_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")


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
    names = [name for name, _ in totals(comparison, lang)] if shown.regions_down else []
    return [escaped(one) for one in (shown.corner, *shown.heads, *names)]


def _body(shown: Grid, comparison: Comparison, lang: str) -> tuple[list[list[str]], list[list[str]]]:
    """Rows of cells, and the rows below them."""
    body = [
        [escaped(label), *(_cell(cell, lang) for cell in cells)]
        for label, cells in zip(shown.labels, shown.cells, strict=True)
    ]
    feet = []
    for name, numbers in totals(comparison, lang):
        texts = [f"{number:,}" for number in numbers]
        if shown.regions_down:
            for row, text in zip(body, texts, strict=True):
                row.append(text)
        else:
            feet.append([escaped(name), *texts])
    return body, feet


def _cell(cell: Cell, lang: str) -> str:
    """A cell's lines; silence is a dash."""
    if cell.zero == "not_mentioned":
        return "---"
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
    rows = [*map(_line, body), *([r"\midrule", *map(_line, feet)] if feet else [])]
    caption = f"\\caption{{{escaped(summary(comparison, lang))}}}"
    top = [r"\toprule", head, r"\midrule"]
    if len(body) > LONGEST:
        return [
            r"{\small",
            f"\\begin{{longtable}}{{{spec}}}",
            f"{caption}\\label{{tab:polcmp}}\\\\",
            *top,
            r"\endfirsthead",
            *top,
            r"\endhead",
            *rows,
            r"\bottomrule",
            r"\end{longtable}}",
        ]
    return [
        r"\begin{table}[htbp]",
        r"\centering\small",
        f"{caption}\\label{{tab:polcmp}}",
        f"\\begin{{tabular}}{{{spec}}}",
        *top,
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]


def _evidence(comparison: Comparison, limit: int, lang: str) -> list[str]:
    """A paragraph heading and a list for each filled cell."""
    of_id = {one.id: one for one in comparison.mentions}
    names = {one.id: measure_label(one, lang) for one in comparison.measures}
    lines = []
    for cell in comparison.cells:
        if not cell.mentions:
            continue
        shown = cell.mentions if limit < 0 else cell.mentions[:limit]
        lines.append(f"\\paragraph{{{escaped(cell_title(cell.region, names[cell.measure], lang))}}}")
        lines.append(r"\begin{itemize}")
        lines += [_quotation(of_id[one], lang) for one in shown]
        if len(shown) < cell.total:
            lines.append(f"\\item {escaped(counted('n_more', cell.total - len(shown), lang))}")
        lines += [r"\end{itemize}", ""]
    return lines


def _quotation(mention: Mention, lang: str) -> str:
    figures = "".join(f"; {escaped(figure_text(one, lang))}" for one in mention.figures)
    return rf"\item ``{escaped(mention.quote)}''{figures} (\texttt{{{escaped(place(mention))}}})"
