from .organisation import AffiliationAdmin, MilestoneAdmin, OrganisationAdmin, SuccessionAdmin
from .record import CitationInline, RecordAdmin
from .source import PassageAdmin, SourceAdmin, SourceNoteAdmin
from .statement import StatementAdmin

__all__ = [
    "AffiliationAdmin",
    "CitationInline",
    "MilestoneAdmin",
    "OrganisationAdmin",
    "PassageAdmin",
    "RecordAdmin",
    "SourceAdmin",
    "SourceNoteAdmin",
    "StatementAdmin",
    "SuccessionAdmin",
]
