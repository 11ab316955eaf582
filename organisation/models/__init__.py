from .block import (
    AffiliationsBlock,
    Block,
    ListBlock,
    MomentsBlock,
    OrganisationBlock,
    StatementBlock,
    StatementsBlock,
)
from .citation import Citation
from .organisation import Affiliation, Milestone, Organisation, Succession
from .record import Record
from .source import Mend, Passage, Source, SourceNote
from .statement import Statement

__all__ = [
    "Affiliation",
    "AffiliationsBlock",
    "Block",
    "Citation",
    "ListBlock",
    "Mend",
    "Milestone",
    "MomentsBlock",
    "Organisation",
    "OrganisationBlock",
    "Passage",
    "Record",
    "Source",
    "SourceNote",
    "Statement",
    "StatementBlock",
    "StatementsBlock",
    "Succession",
]
