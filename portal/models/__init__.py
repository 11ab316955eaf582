from .attempt import Attempt
from .blocks import ChartBlock
from .document_import import Decision, DocumentImport
from .page_step import PageStep
from .search import SearchEntry, SearchWord
from .seeding import SeededPage

__all__ = [
    "Attempt",
    "ChartBlock",
    "Decision",
    "DocumentImport",
    "PageStep",
    "SearchEntry",
    "SearchWord",
    "SeededPage",
]
