"""An invented corpus that has everything rows can be made of, and a store of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_lab import CHECKOUT, invent_corpus, make_store

from polcmp.api import Result, compare


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of invented documents with a sidecar."""
    return invent_corpus(tmp_path_factory.mktemp("corpus") / "documents")


@pytest.fixture(scope="session")
def taxonomy(corpus: Path) -> Path:
    """The default taxonomy, as it was when the tests began."""
    copy = corpus.parent / "measures.yaml"
    copy.write_bytes((CHECKOUT / "measures.yaml").read_bytes())
    return copy


@pytest.fixture(scope="session")
def store(corpus: Path, taxonomy: Path) -> Path:
    """A store of the corpus, in three parts."""
    return make_store(corpus.parent / "store", corpus, parts=3, taxonomy=taxonomy)


@pytest.fixture(scope="session")
def direct(corpus: Path, taxonomy: Path) -> Result:
    """The corpus compared from its documents."""
    return compare(corpus, taxonomy=taxonomy)
