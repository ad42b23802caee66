"""Regular expressions compiled on first use.

A command that reads no figures should not pay for their patterns at start-up (about 5 ms). Must not
hold patterns itself.
"""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(source: str) -> re.Pattern[str]:
    """The pattern of `source`; later calls with the same source cost one look-up.

    Raises:
        re.error: `source` is not a regular expression.
    """
    return re.compile(source)
