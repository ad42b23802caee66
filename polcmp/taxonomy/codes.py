"""The codes of taxonomy faults. A code once given out keeps its meaning; this module holds names only."""

from __future__ import annotations

from typing import Final

# The file
UNREADABLE: Final = "P201"
TOO_LARGE: Final = "P202"
NOT_UTF8: Final = "P203"
UNKNOWN_KEY: Final = "P204"
BROKEN_YAML: Final = "P205"
WRONG_TYPE: Final = "P206"
WRONG_VERSION: Final = "P207"
MISSING_KEY: Final = "P208"
INVALID_ID: Final = "P209"
DUPLICATE_ID: Final = "P210"
DUPLICATE_KEY: Final = "P211"
INVALID_VALUE: Final = "P212"

# The notation of a pattern
EMPTY_PATTERN: Final = "P220"
UNCLOSED_BRACKET: Final = "P221"
STRAY_CHARACTER: Final = "P222"
GAP_AT_EDGE: Final = "P223"
GAPS_IN_A_ROW: Final = "P224"
ONLY_OPTIONAL: Final = "P225"
GAP_LENGTH: Final = "P226"
EMPTY_ALTERNATIVE: Final = "P227"
MISPLACED_AND: Final = "P228"
TOO_DEEP: Final = "P229"

# Word lists
UNKNOWN_LIST: Final = "P230"
LIST_CYCLE: Final = "P231"
EMPTY_LIST: Final = "P232"
PHRASE_TWICE: Final = "P233"
UNUSED_LIST: Final = "P234"
LIST_NAME: Final = "P235"

# Patterns against one another
PATTERN_TWICE: Final = "P240"
PATTERN_SHARED: Final = "P241"
INCLUDED_AND_EXCLUDED: Final = "P242"
NEVER_MATCHES: Final = "P243"
TOO_BROAD: Final = "P244"
NO_EXAMPLES: Final = "P245"
EXAMPLE_FAILS: Final = "P246"
EXAMPLE_CONTRADICTS: Final = "P247"
