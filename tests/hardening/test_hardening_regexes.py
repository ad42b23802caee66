"""No regular expression of the package takes more than linear time on hostile text."""

from __future__ import annotations

import re
import signal
from types import FrameType

import pytest
from regex_lab import Expression, expressions, trials

LENGTH = 12_000
PATIENCE_SECONDS = 0.4
"""For one text of `LENGTH`: linear ones take a few thousandths, quadratic ones more than a second."""

ALL = list(expressions())


def test_they_are_found() -> None:
    """At least as many as there were when this was written; a wrong search would find none."""
    places = {one.where.split(":")[0].split("/")[0] for one in ALL}
    assert len(ALL) > 150
    assert {"text", "clean", "context", "locate", "taxonomy", "load", "render", "data"} <= places


@pytest.mark.parametrize("place", sorted({one.where.split(":")[0] for one in ALL}))
def test_they_keep_their_patience(place: str) -> None:
    slow = {one.where: found for one in ALL if one.where.split(":")[0] == place and (found := outlasted(one))}
    assert not slow


class TooSlow(Exception):
    pass


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def outlasted(one: Expression) -> str:
    """How the first text begins that takes an expression too long, ``""`` if none does."""
    pattern = re.compile(one.source, one.flags)
    before = signal.signal(signal.SIGVTALRM, _stop)
    text = ""
    try:
        for text in trials(one.source, one.flags, min(LENGTH, one.longest or LENGTH)):
            signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE_SECONDS)
            if one.from_start:
                pattern.match(text)
                pattern.fullmatch(text)
            else:
                for _ in pattern.finditer(text):
                    pass
    except TooSlow:
        return repr(text[:20])
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return ""
