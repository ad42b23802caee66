"""What all tests share: the checkout, hypothesis's patience, one comparison of the five seeds.

Tests read nothing outside the checkout (and their own temporary folders).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from polcmp.api import Result, compare

CHECKOUT = Path(__file__).parent.parent

# No deadline: the first example pays for data files that are read once. Few examples: the whole run
# has to stay under a minute and a half on two cores; HYPOTHESIS_PROFILE=thorough looks longer.
settings.register_profile(
    "polcmp", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("polcmp"), max_examples=2000)
settings.load_profile("polcmp")


def pytest_configure(config: pytest.Config) -> None:
    """``--hypothesis-profile`` decides where it is given."""
    wanted = config.getoption("--hypothesis-profile", default=None)
    if wanted:
        settings.load_profile(wanted)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Top of the checkout."""
    return CHECKOUT


@pytest.fixture(scope="session")
def seeds_result() -> Result:
    """The five seeds, compared with the default taxonomy."""
    return compare(CHECKOUT / "seeds", taxonomy=CHECKOUT / "measures.yaml")
