"""The published records as tables, each declared once for every file format and the API."""

from .registry import TABLES
from .table import Column, Filter, Kind, Table

__all__ = ["TABLES", "Column", "Filter", "Kind", "Table"]
