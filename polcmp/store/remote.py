"""A folder on an object store (``s3://…``, ``gs://…``, ``az://…``): list, get, put and delete what is in it.

Through pyarrow, with address and keys from the environment variables that Daft reads corpora with. An object
is there as a whole or not at all. Knows nothing of what a store of polcmp's holds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from polcmp.errors import UsageError, not_installed
from polcmp.urls import FILE, scheme_of
from polcmp.urls import local_path as local_path

if TYPE_CHECKING:
    from pyarrow import fs as arrow

TRIES = 4
"""Attempts at a request …"""

ANSWER_SECONDS = 15.0
"""… each of which may take so long without a byte: a minute in all."""

CONNECT_SECONDS = 10.0

TOGETHER = 16
"""Objects that are fetched or put at a time."""

_S3_ADDRESS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_S3_REGION = ("AWS_REGION", "AWS_DEFAULT_REGION")


class StoredObject(NamedTuple):
    """An object: its length in bytes, and when it was put by the store's own clock."""

    size: int
    time: datetime


def is_remote(place: str) -> bool:
    """Whether a name is the URL of a place that is reached by network."""
    return scheme_of(place) in _SYSTEMS


def is_path(place: str) -> bool:
    """Whether a name is a path of this machine, also with ``file://`` before it."""
    return scheme_of(place) in ("", FILE)


class Remote:
    """A folder on an object store.

    Args:
        url: ``s3://bucket/folder``.

    Attributes:
        url: the same without a ``/`` at its end.

    Raises:
        UsageError: P413 pyarrow is not installed, P459 such URLs are not known, P460 the URL names no bucket.
    """

    def __init__(self, url: str) -> None:
        self.url = checked_url(url)
        self._base = self.url.partition("://")[2]
        with self._asking():
            self._system = _SYSTEMS[scheme_of(url)](self._base.partition("/")[0])

    def names(self) -> dict[str, StoredObject]:
        """Everything below the folder, by name relative to it.

        Raises:
            UsageError: P460 the object store does not answer, or there is no such bucket.
        """
        from pyarrow import fs as arrow

        with self._asking():
            found = self._system.get_file_info(
                arrow.FileSelector(self._base, recursive=True, allow_not_found=True)
            )
            bucket = self._base.partition("/")[0]
            if not found and self._system.get_file_info(bucket).type == arrow.FileType.NotFound:
                raise _refused(self.url, f"there is no bucket {bucket}", _HINTS["NO_SUCH_BUCKET"])
        return {
            one.path.removeprefix(f"{self._base}/"): StoredObject(one.size, one.mtime)
            for one in found
            if one.is_file
        }

    def get(self, name: str) -> bytes | None:
        """An object's bytes; None if it is not there.

        Raises:
            UsageError: P460 the object store does not answer.
        """
        with self._asking():
            try:
                with self._system.open_input_stream(self._path(name)) as stream:
                    data: bytes = stream.read()
                    return data
            except FileNotFoundError:
                return None

    def fetch(self, names: Sequence[str], folder: Path) -> None:
        """Copy objects into a folder, under their names; what has gone by now is left out.

        Raises:
            UsageError: P460 the object store does not answer.
            OSError: they cannot be written here.
        """

        def copy(name: str) -> None:
            data = self.get(name)
            if data is not None:
                (folder / name).write_bytes(data)

        side_by_side(copy, names)

    def put(self, name: str, data: bytes) -> None:
        """Put an object in place, over one that is there.

        Raises:
            UsageError: P460 the object store does not take it.
        """
        with self._asking(), self._system.open_output_stream(self._path(name)) as stream:
            stream.write(data)

    def has(self, name: str) -> bool:
        """Whether there is such an object.

        Raises:
            UsageError: P460 the object store does not answer.
        """
        with self._asking():
            return bool(self._system.get_file_info(self._path(name)).is_file)

    def delete(self, name: str) -> None:
        """Take an object away, if it is there.

        Raises:
            UsageError: P460 the object store does not do it.
        """
        with self._asking():
            try:
                self._system.delete_file(self._path(name))
            except FileNotFoundError:
                return

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}"

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, NotImplementedError) as error:  # what pyarrow makes of any refusal
            said = " ".join(str(error).split())
            hint = next((hint for word, hint in _HINTS.items() if word in said), _CHECK)
            raise _refused(self.url, _brief(said) or type(error).__name__, hint) from error


def side_by_side(do: Callable[[str], None], names: Sequence[str]) -> None:
    """Do something for many objects, several at a time; the first fault is raised."""
    from concurrent.futures import ThreadPoolExecutor  # start-up need not wait for it

    with ThreadPoolExecutor(TOGETHER) as threads:
        for _ in threads.map(do, names):
            pass


def checked_url(url: str) -> str:
    """A URL that could be one of a folder on an object store, without a ``/`` at its end.

    Raises:
        UsageError: P413 pyarrow is not installed, P459 such URLs are not known, P460 the URL names no bucket.
    """
    from importlib.util import find_spec

    if not is_remote(url):
        hint = "A directory, s3://, gs://, az:// and file:// are known."
        raise UsageError("a store is not kept at such a URL", code="P459", where=url, hint=hint)
    if find_spec("pyarrow") is None:
        raise not_installed("a store at a URL", "pyarrow", "scan", "P413", url)
    if not url.partition("://")[2].strip("/") or "//" in url.partition("://")[2].rstrip("/"):
        hint = "As in: s3://bucket/folder."
        raise UsageError("this URL names no bucket and folder", code="P460", where=url, hint=hint)
    return url.rstrip("/")


def _s3(bucket: str) -> arrow.FileSystem:
    from pyarrow import fs as arrow

    address, region = _set(*_S3_ADDRESS), _set(*_S3_REGION)
    if not address and not region:
        region = arrow.resolve_s3_region(bucket)
    return arrow.S3FileSystem(
        endpoint_override=address,
        region=region,
        connect_timeout=CONNECT_SECONDS,
        request_timeout=ANSWER_SECONDS,
        retry_strategy=arrow.AwsStandardS3RetryStrategy(max_attempts=TRIES),
        allow_delayed_open=True,  # one request for a small object, and nothing begun when it fails
        check_directory_existence_before_creation=True,  # no empty objects that stand for folders
        tls_ca_file_path=_set("AWS_CA_BUNDLE"),
    )


def _gs(_: str) -> arrow.FileSystem:
    from pyarrow import fs as arrow

    return arrow.GcsFileSystem(retry_time_limit=timedelta(seconds=ANSWER_SECONDS))


def _az(_: str) -> arrow.FileSystem:
    from pyarrow import fs as arrow

    account = _set("AZURE_STORAGE_ACCOUNT")
    if not account:
        raise ValueError("AZURE_STORAGE_ACCOUNT is not set")
    return arrow.AzureFileSystem(
        account_name=account,
        account_key=_set("AZURE_STORAGE_KEY"),
        sas_token=_set("AZURE_STORAGE_SAS_TOKEN"),
        **_azure_address(account, _set("AZURE_ENDPOINT_URL") or ""),
    )


def _azure_address(account: str, address: str) -> dict[str, str]:
    """Where an account is, as pyarrow wants it; its host may begin with the account, or stand before it."""
    at = urlsplit(address)
    if not at.netloc:
        return {}
    blob = at.netloc.removeprefix(account)
    hosts = {"blob_storage_authority": blob, "dfs_storage_authority": blob.replace(".blob.", ".dfs.", 1)}
    return {**hosts, "blob_storage_scheme": at.scheme, "dfs_storage_scheme": at.scheme}


_SYSTEMS = {"s3": _s3, "s3a": _s3, "gs": _gs, "gcs": _gs, "az": _az}
"""Object stores by the scheme of their URLs."""

_CHECK = "Check the URL, and the address and keys of the store in the environment."
_HINTS = {
    "NO_SUCH_BUCKET": "Check the URL; a bucket is not made by polcmp.",
    "ACCESS_DENIED": "Check the keys (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) and what they allow.",
    "INVALID_ACCESS_KEY_ID": "Check the keys: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
    "SIGNATURE": "Check the keys: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
    "NETWORK_CONNECTION": "Check the network and the store's address (AWS_ENDPOINT_URL, AWS_REGION).",
    "status 301": "Check the bucket's region: AWS_REGION.",
    "OAuth2 access token": "Set GOOGLE_APPLICATION_CREDENTIALS to the file with your key.",
    "AZURE_STORAGE_ACCOUNT": "Set it, and AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN.",
}
"""What to do, by a word of the refusal."""


def _set(*names: str) -> str | None:
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


def _brief(said: str) -> str:
    """A refusal without what AWS's library says around it."""
    what = said.partition("AWS Error ")[2] or said
    return what.partition(" (Request ID")[0].partition("; Details:")[0][:300]


def _refused(url: str, reason: str, hint: str) -> UsageError:
    return UsageError(f"the object store cannot be used: {reason}", code="P460", where=url, hint=hint)
