"""Entry point: the commands put together, and every error turned into a message and an exit code.

Exit codes: 0 done, 1 only where asked (goes before 3), 2 usage, taxonomy or input error, 3 some documents
failed, 130 interrupted, 143 ended by SIGTERM.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Annotated, NoReturn

import typer

from polcmp import __version__
from polcmp.cli import AS_PROGRAM, INTERRUPTED, taxonomy
from polcmp.cli.cite import cite
from polcmp.cli.compare import compare
from polcmp.cli.doctor import doctor
from polcmp.cli.evaluate import evaluate
from polcmp.cli.help import Command, Group
from polcmp.cli.output import complain, guarded_stdout, payload, speak, tell
from polcmp.cli.plot import plot
from polcmp.cli.report import report
from polcmp.cli.scan import scan
from polcmp.cli.show import show
from polcmp.cli.why import why
from polcmp.errors import PolcmpError

USAGE = 2

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""What ends a command in the midst of things."""

GARBAGE_THRESHOLD = 200_000
"""New objects between two looks for cyclic garbage. Modules, taxonomy and results live to the end of a
run and leave hardly any; at Python's own 700 they are walked some 200 times, a twentieth of a short run."""

app = typer.Typer(
    name="polcmp",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(cls=Command)(compare)
app.command(cls=Command)(show)
app.command(cls=Command)(why)
app.command(cls=Command)(cite)
app.command(cls=Command)(plot)
app.command(cls=Command)(report)
app.command(cls=Command)(scan)
app.command(cls=Command)(evaluate)
app.command(cls=Command)(doctor)
app.add_typer(taxonomy.app, name="taxonomy")


class Interrupted(BaseException):
    """Ctrl-C or SIGTERM, whose number is the argument; what is being written is cleared away on its way out.

    Not KeyboardInterrupt, which the command framework would turn into exit code 1.
    """


def _version(wanted: bool) -> None:
    if wanted:
        payload(f"polcmp {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Compare policy measures across regions, every cell backed by verbatim evidence.

    Start with `polcmp compare`: without documents it reads ./seeds, else a sample that comes with the
    program. Each command explains itself with --help, and gives examples.

    Exit codes: 0 done, whatever was found; 1 only where asked (--fail-on, --fail-under, a faulty taxonomy, a
    broken installation); 2 usage, taxonomy or input error; 3 some documents failed, the rest was done;
    130 interrupted, 143 ended by SIGTERM.

    POLCMP_LANG=zh sets the language, as --lang zh does.
    """


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise Interrupted(number)


def _be_deaf() -> None:
    """Let no second signal disturb the way out."""
    for one in SIGNALS:
        signal.signal(one, signal.SIG_IGN)


def _end(code: int) -> NoReturn:
    """Leave in the midst of things; everything was cleared away on the way here."""
    if AS_PROGRAM and "daft" in sys.modules:  # its threads abort an interpreter that ends before they do
        with suppress(OSError):
            sys.stdout.flush()
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run() -> None:
    """Run the command line; every way out is an exit code."""
    for one in SIGNALS:
        signal.signal(one, _interrupt)
    gc.set_threshold(GARBAGE_THRESHOLD)
    speak("")
    try:
        with guarded_stdout():
            app(prog_name="polcmp")  # completion and usage say so, however it was started
    except PolcmpError as error:
        complain(error)
        _end(USAGE)
    except SystemExit as left:
        if isinstance(left.__context__, BrokenPipeError):  # rich and typer exit where a reader has gone
            left.code = 0
        raise
    except Interrupted as interrupted:
        _be_deaf()
        number = interrupted.args[0]
        tell("interrupted" if number == signal.SIGINT else "ended by SIGTERM")
        _end(INTERRUPTED - signal.SIGINT + number)
    finally:
        _be_deaf()  # all is written
        # The process ends here: what is alive goes with it, and need not be searched and freed piece by
        # piece first, which takes a quarter of a short run.
        if "_duckdb" not in sys.modules:  # its library complains of what is not freed
            gc.freeze()


if __name__ == "__main__":
    run()
