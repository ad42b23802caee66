"""polcmp compares policy measures across regions, every cell backed by verbatim evidence."""

__version__ = "0.1.0"
