"""Daft and Ray made ready: imported without their reports home, and connected to where they are to run.

Whoever uses Daft imports it here, so that it never sends anything anywhere by itself. Reads no document.
"""

from __future__ import annotations

import os
import socket
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from polcmp.errors import UsageError, not_installed

_QUIET = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "1",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_NUM_REDIS_GET_RETRIES": "1",  # each takes half a minute at an address where no Ray answers
}
"""Environment of this process and of the workers on a cluster; what somebody has set himself stands."""

PATIENCE_SECONDS = 10.0
"""Longest wait for an address to answer at all."""

_CLIENT = "ray://"

_connected: list[str] = []
"""Where this process's Daft runs: an address, ``""`` for here. It is settled once for a process."""


def daft() -> ModuleType:
    """The library, silenced.

    Raises:
        UsageError: P413 it is not installed.
    """
    need("daft")
    _be_quiet()
    import daft as library

    module: ModuleType = library
    return module


def need(*packages: str) -> None:
    """See that libraries of the extra ``cluster`` are there, without importing them.

    Raises:
        UsageError: P413 one is missing.
    """
    for name in packages:
        if find_spec(name) is None:
            raise not_installed("a scan with Daft", name, "cluster", "P413")


def run_here() -> None:
    """Have Daft work with the processors of this machine.

    Raises:
        UsageError: P413 Daft is not installed, P458 this process's Daft runs elsewhere.
    """
    library = daft()
    from daft.daft import get_runner

    runner: Any = get_runner()
    if runner is not None and runner.name != "native":
        raise _elsewhere("on Ray")
    if runner is None:
        library.set_runner_native()
    _connected[:] = [""]


def run_on_ray(address: str) -> int:
    """Have Daft work on a Ray cluster that is running.

    Args:
        address: ``ray://host:port`` (Ray Client), ``host:port`` of a cluster that this machine belongs to, or
            ``auto`` for the one it was started on.

    Returns:
        The cluster's processors.

    Raises:
        UsageError: P413 Daft or Ray is not installed, P458 nothing answers there, or this process's Daft runs
            elsewhere.
    """
    need("daft", "ray")
    library = daft()
    from importlib import import_module

    from daft.daft import get_runner

    ray: Any = import_module("ray")
    if _connected != [address]:
        if get_runner() is not None or ray.is_initialized():
            raise _elsewhere(_connected[0] or "here" if _connected else "elsewhere")
        _knock(address)
        _connect(ray, address)
        library.set_runner_ray(noop_if_initialized=True)
        _connected[:] = [address]
    processors = int(ray.cluster_resources().get("CPU", 0))
    if not processors:
        raise _unreachable(address, "the cluster has no processors")
    return processors


def checked_address(address: str) -> str:
    """An address that could be one.

    Raises:
        UsageError: P407 it has no port.
    """
    if address == "auto" or _host_and_port(address):
        return address
    hint = "Give ray://HOST:10001, HOST:6379 (on a machine of the cluster) or auto."
    raise UsageError(f"{address!r} is no address", code="P407", where="--address", hint=hint)


def _be_quiet() -> None:
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)


def _host_and_port(address: str) -> tuple[str, int] | None:
    host, colon, port = address.removeprefix(_CLIENT).rpartition(":")
    fits = colon and host and "/" not in host and port.isascii() and port.isdigit() and 0 < int(port) < 65536
    return (host.strip("[]"), int(port)) if fits else None


def _knock(address: str) -> None:
    """See that something listens there: Ray itself would try for minutes."""
    place = _host_and_port(address)
    if place is None:
        return
    try:
        socket.create_connection(place, PATIENCE_SECONDS).close()
    except OSError as error:
        raise _unreachable(address, error.strerror or str(error)) from error


def _connect(ray: Any, address: str) -> None:
    environment = {name: os.environ[name] for name in _QUIET}
    for attempt in (1, 2):  # a client's own server sometimes does not come up at the first try
        try:
            ray.init(
                address=address,
                runtime_env={"env_vars": environment},
                log_to_driver=False,
                logging_level="ERROR",
            )
            return
        except Exception as error:
            ray.shutdown()
            again = attempt == 1 and address.startswith(_CLIENT) and isinstance(error, ConnectionAbortedError)
            if not again:
                said = str(error).strip() or type(error).__name__
                raise _unreachable(address, said.splitlines()[0]) from error


def _unreachable(address: str, reason: str) -> UsageError:
    hint = (
        "Start one with `ray start --head`, or give its address: ray://HOST:10001."
        if address == "auto"
        else "Check host and port (10001 for ray://HOST:PORT, else 6379), and that Ray's versions agree."
    )
    message = f"no Ray cluster can be reached: {reason}"
    return UsageError(message, code="P458", where=f"--address {address}", hint=hint)


def _elsewhere(where: str) -> UsageError:
    message = f"Daft already works {where} in this process, and cannot be moved"
    return UsageError(message, code="P458", where="--address", hint="Scan in a process of its own.")
