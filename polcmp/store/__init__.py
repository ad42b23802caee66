"""Store: the results of a scan as Parquet files in a folder. Layout, schema, reading and queries.

Must not analyse documents, and imports pyarrow and duckdb only inside functions.
"""
