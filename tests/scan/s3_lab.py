"""An object store on this machine that speaks as much S3 as pyarrow and Daft ask for; for the tests.

Objects are held in memory. Buckets, listings in pages, whole and partial objects; no uploads in several
pieces (pyarrow makes such of objects above 5 MB). Keys are looked at, signatures are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEYS = {
    "AWS_ACCESS_KEY_ID": "invented",
    "AWS_SECRET_ACCESS_KEY": "invented",
    "AWS_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
PAGE = 7
"""Objects of a listing that are given at a time: few, so that the tests turn pages."""


class Stored(NamedTuple):
    """An object."""

    data: bytes
    time: datetime


class S3:
    """The object store as others than polcmp see it.

    Attributes:
        environment: variables by which a process finds it.
        buckets: objects by key, by bucket.
    """

    def __init__(self, address: str) -> None:
        self.environment = {**KEYS, "AWS_ENDPOINT_URL": address}
        self.buckets: dict[str, dict[str, Stored]] = {}
        self._numbers = count()

    def bucket(self) -> str:
        """A new bucket."""
        name = f"county-{next(self._numbers)}"
        self.buckets[name] = {}
        return name

    def put(self, bucket: str, key: str, data: bytes) -> None:
        """Put an object."""
        self.buckets[bucket][key] = Stored(data, datetime.now(UTC))

    def objects(self, bucket: str, folder: str) -> dict[str, bytes]:
        """What is in a folder of a bucket, by name; empty objects that stand for folders are left out."""
        return {
            key.removeprefix(f"{folder}/"): one.data
            for key, one in sorted(self.buckets[bucket].items())
            if key.startswith(f"{folder}/") and not key.endswith("/")
        }

    def copied(self, bucket: str, folder: str, here: Path) -> Path:
        """A folder of a bucket, copied to this machine."""
        for name, data in self.objects(bucket, folder).items():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_bytes(data)
        return here


class _Requests(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    s3: S3

    def log_message(self, *what: object) -> None:
        """Nothing: the tests' output is for the tests."""

    def _asked(self) -> tuple[str, str, dict[str, str]]:
        """Bucket, key and query."""
        at = urlsplit(self.path)
        bucket, _, key = unquote(at.path)[1:].partition("/")
        return bucket, key, {k: v[0] for k, v in parse_qs(at.query, keep_blank_values=True).items()}

    def _answer(self, status: int, data: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else data)

    def _refuse(self, status: int, code: str) -> None:
        xml = f"<Error><Code>{code}</Code><Message>{code}</Message></Error>"
        self._answer(status, xml.encode(), Content_Type="application/xml")

    def _objects(self, bucket: str) -> dict[str, Stored] | None:
        """The objects of a bucket; None where the request has been refused."""
        key = re.search(r"Credential=([^/]*)", self.headers.get("Authorization", ""))
        if not key or key[1] != KEYS["AWS_ACCESS_KEY_ID"]:
            self._refuse(403, "InvalidAccessKeyId")
            return None
        if bucket not in self.s3.buckets:
            self._refuse(404, "NoSuchBucket")
            return None
        return self.s3.buckets[bucket]

    def do_PUT(self) -> None:
        """An object."""
        bucket, key, query = self._asked()
        data = self._body()
        if self._objects(bucket) is None:
            return
        if query.keys() & {"uploadId", "partNumber"}:
            self._refuse(501, "NotImplemented")
            return
        self.s3.put(bucket, key, data)
        self._answer(200, ETag=_tag(data))

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "") == "chunked":
            data = _unchunked(self.rfile)
        else:
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return data
        whole = b""
        while data:
            length, _, data = data.partition(b"\r\n")
            size = int(length.partition(b";")[0], 16)
            if not size:  # what follows are check sums
                break
            whole, data = whole + data[:size], data[size + 2 :]
        return whole

    def do_DELETE(self) -> None:
        """An object away."""
        bucket, key, _ = self._asked()
        if (objects := self._objects(bucket)) is not None:
            objects.pop(key, None)
            self._answer(204)

    def do_HEAD(self) -> None:
        """Whether there is a bucket or an object."""
        self.do_GET()

    def do_GET(self) -> None:
        """An object or a part of it, or a listing."""
        bucket, key, query = self._asked()
        if (objects := self._objects(bucket)) is None:
            return
        if not key:
            self._answer(200, _listing(objects, query), Content_Type="application/xml")
        elif key not in objects:
            self._refuse(404, "NoSuchKey")
        else:
            data, time = objects[key]
            said = {"ETag": _tag(data), "Last_Modified": format_datetime(time, usegmt=True)}
            part = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            if not part:
                self._answer(200, data, Content_Length=str(len(data)), **said)
                return
            first, last = int(part[1]), min(int(part[2] or len(data)), len(data) - 1)
            said["Content_Range"] = f"bytes {first}-{last}/{len(data)}"
            self._answer(206, data[first : last + 1], **said)


def _unchunked(stream: object) -> bytes:
    whole = b""
    while size := int(stream.readline(), 16):  # type: ignore[attr-defined]
        whole += stream.read(size)  # type: ignore[attr-defined]
        stream.readline()  # type: ignore[attr-defined]
    stream.readline()  # type: ignore[attr-defined]
    return whole


def _tag(data: bytes) -> str:
    return f'"{md5(data, usedforsecurity=False).hexdigest()}"'


def _listing(objects: dict[str, Stored], query: dict[str, str]) -> bytes:
    """A page of a listing, folders put together where that is asked for."""
    prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
    rows: dict[str, str] = {}
    for key, one in sorted(objects.items()):
        if not key.startswith(prefix):
            continue
        head, sign, _ = key[len(prefix) :].partition(delimiter) if delimiter else (key, "", "")
        if sign:
            name = prefix + head + sign
            rows[name] = f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>"
        else:
            time = one.time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            rows[key] = (
                f"<Contents><Key>{escape(key)}</Key><LastModified>{time}</LastModified><Size>{len(one.data)}"
                f"</Size><ETag>{_tag(one.data)}</ETag><StorageClass>STANDARD</StorageClass></Contents>"
            )
    after = query.get("continuation-token", query.get("start-after", ""))
    left = [name for name in rows if name > after]
    page = left[: min(PAGE, int(query.get("max-keys", PAGE)))]
    more = len(left) > len(page)
    token = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more and page else ""
    body = "".join(rows[name] for name in page)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f"<ListBucketResult><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(page)}</KeyCount>"
        f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{body}</ListBucketResult>"
    ).encode()


@contextmanager
def served() -> Iterator[S3]:
    """The object store, in threads of this process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Requests)
    server.daemon_threads = True
    s3 = _Requests.s3 = S3(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield s3
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
