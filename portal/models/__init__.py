from .attempt import Attempt
from .blocks import ChartBlock
from .document_import import Decision, DocumentImport
from .search import SearchEntry, SearchWord
from .seeding import SeededPage

__all__ = ["Attempt", "ChartBlock", "Decision", "DocumentImport", "SearchEntry", "SearchWord", "SeededPage"]
