"""A comparison as one web page: the matrix, the quotations behind each cell, and the documents themselves.

Takes a `Comparison` and, optionally, a function that gives a document's raw text; gives HTML. The page loads
nothing and sends nothing. This room must not read files other than its own, nor change a result.
"""

from polcmp.report.evidence import dropped_in_page
from polcmp.report.options import ReportOptions
from polcmp.report.page import report_page

__all__ = ["ReportOptions", "dropped_in_page", "report_page"]
