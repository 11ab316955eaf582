from .organisation import AffiliationAdmin, MilestoneAdmin, OrganisationAdmin, SuccessionAdmin
from .picture import PictureAdmin
from .proposals import ProposingAdmin
from .proposals.admin import ProposalAdmin
from .protected_delete import ProtectedDeleteAdmin
from .record import CitationInline, RecordAdmin
from .site_settings import SiteSettingsAdmin
from .source import PassageAdmin, SourceAdmin, SourceNoteAdmin
from .statement import StatementAdmin
from .term import TermAdmin
from .upkeep import EvidenceFilter, UpkeepAdmin, UpkeepFilter

__all__ = [
    "AffiliationAdmin",
    "CitationInline",
    "EvidenceFilter",
    "MilestoneAdmin",
    "OrganisationAdmin",
    "PassageAdmin",
    "PictureAdmin",
    "ProposalAdmin",
    "ProposingAdmin",
    "ProtectedDeleteAdmin",
    "RecordAdmin",
    "SiteSettingsAdmin",
    "SourceAdmin",
    "SourceNoteAdmin",
    "StatementAdmin",
    "SuccessionAdmin",
    "TermAdmin",
    "UpkeepAdmin",
    "UpkeepFilter",
]
