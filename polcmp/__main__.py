"""``python -m polcmp``: the command line, where the script is not on the path."""

from polcmp.cli.main import run

if __name__ == "__main__":
    run()
