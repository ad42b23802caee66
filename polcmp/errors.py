"""Every error polcmp raises on purpose, each with a code, a place and a next step.

Codes: P1xx a fault of polcmp itself, P2xx the user's taxonomy, P3xx a document, P4xx usage.
This module must not print or exit; only `polcmp.cli` does.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST_REASONS = 10
"""Failed documents that the error of a run without any readable one names; the rest is counted."""


class PolcmpError(Exception):
    """Base of all errors raised on purpose.

    Args:
        message: what is wrong, one sentence without a final stop.
        code: ``P`` and three digits; the first digit names the family.
        where: the place (``path``, ``path:line:column``, an option), or ``""``.
        hint: what to do next, one sentence, or ``""``.
    """

    code = "P100"

    def __init__(self, message: str, *, code: str = "", where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{place}{self.code} {self.message}{hint}"


class InternalError(PolcmpError):
    """A fault of polcmp itself (P1xx), such as a packaged data file that does not load."""

    code = "P100"


class TaxonomyError(PolcmpError):
    """A taxonomy that cannot be used (P2xx); `faults` holds every fault found, in file order."""

    code = "P200"

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        where: str = "",
        hint: str = "",
        faults: tuple[object, ...] = (),
    ) -> None:
        super().__init__(message, code=code, where=where, hint=hint)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults) or super().__str__()


class DocumentError(PolcmpError):
    """A document that cannot be read (P3xx). One such document never stops a run."""

    code = "P300"


class UsageError(PolcmpError):
    """A request that cannot be carried out as asked (P4xx): a missing file, an unknown region."""

    code = "P400"


def not_installed(what: str, library: str, extra: str, code: str, where: str = "") -> UsageError:
    """The error for something that needs a library which is not installed.

    Args:
        what: that was asked for, as the sentence begins: ``a report``.
        library: what is missing.
        extra: of this program that brings it.
        code: ``P4`` and two digits.
        where: the option that asked for it, or ``""``.
    """
    return UsageError(
        f"{what} needs {library}, which is not installed",
        code=code,
        where=where,
        hint=f"Install it: pip install 'polcmp[{extra}]'.",
    )


def reasons(failed: Sequence[tuple[str, str, str, str]], otherwise: str) -> str:
    """Why each document of a run failed and what to do about it, for the hint of the whole.

    Args:
        failed: place, code, message and hint of each.
        otherwise: what to do, where no document's hint says it.

    Returns:
        Lines indented by two blanks behind the first; a hint that several in a row share stands once.
    """
    if not failed:
        return otherwise
    shown = failed[:MOST_REASONS]
    lines = []
    for (where, code, message, hint), after in zip(shown, [*(one[3] for one in shown[1:]), ""], strict=True):
        lines.append(f"{where}: {code} {message}" if where else f"{code} {message}")
        if hint and hint != after:
            lines.append(hint)
    if len(failed) > len(shown):
        lines.append(f"… {len(failed) - len(shown):,} more")
    if not any(one[3] for one in shown):
        lines.append(otherwise)
    return "\n  ".join(lines)
