"""Labelled data out again, in the forms other programs read: one module a form.

Every form is written to a temporary place beside the target and gets its name at the very end,
so that it is whole or absent, and never in place of something else.
"""

from studio.export.data._format import DataChoice, DataFormat, DataSummary
from studio.export.data._writing import DATA_FORMATS, write_data

__all__ = ["DATA_FORMATS", "DataChoice", "DataFormat", "DataSummary", "write_data"]
