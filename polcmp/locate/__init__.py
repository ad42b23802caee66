"""What a document is: title, date, the region it is about. Reads folded text and masks, changes neither."""

from __future__ import annotations

from collections.abc import Sequence

from polcmp.locate.dates import find_date
from polcmp.locate.regions import find_location
from polcmp.locate.titles import find_title
from polcmp.model.document import Description, Mask, Metadata
from polcmp.text.places import PlaceName, find_places

__all__ = ["describe"]


def describe(
    text: str, masks: Sequence[Mask], stated: Metadata, places: Sequence[PlaceName] | None = None
) -> Description:
    """Title, date and region of a document.

    Args:
        text: folded text.
        masks: its boilerplate.
        stated: what a sidecar or front matter says, folded by the caller; it goes before anything found.
        places: what `find_places` finds in `text`, if that is known already.

    Returns:
        `Description`; parts that are neither stated nor found are ``""``.
    """
    title, title_span = find_title(text, masks)
    named = find_places(text) if places is None else places
    location = find_location(text, masks, title_span, named, stated.region, stated.region_from)
    return Description(stated.title or title, stated.date or find_date(text, masks), location)
