"""Scan: many documents, read by many processes, into a store that is whole at every moment.

`scan_batch` is the analysis of one batch, whoever runs it; `run_scan` the whole of it on one machine.
"""

from polcmp.scan.batch import scan_batch
from polcmp.scan.items import Item, ScanProgress, ScanReport
from polcmp.scan.request import Request, plan_scan
from polcmp.scan.run import run_scan

__all__ = ["Item", "Request", "ScanProgress", "ScanReport", "plan_scan", "run_scan", "scan_batch"]
