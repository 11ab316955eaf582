"""The published records as tables for programs and spreadsheets: declared once, written in every form from there."""

from .table import Column, Filter, Kind, Table
from .tables import TABLES

__all__ = ["TABLES", "Column", "Filter", "Kind", "Table"]
