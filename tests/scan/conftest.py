"""What the tests of scanning share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from s3_lab import S3, served


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """An object store on this machine that speaks S3."""
    with served() as store:
        yield store
