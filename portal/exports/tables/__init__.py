"""The published records as tables for programs and spreadsheets: declared once, written in every form from there."""

from .registry import TABLES
from .table import Column, Filter, Kind, Table

__all__ = ["TABLES", "Column", "Filter", "Kind", "Table"]
