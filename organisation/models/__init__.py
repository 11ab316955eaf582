from .affiliation import Affiliation
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
from .consent import Consent
from .milestone import Milestone
from .organisation import Organisation, Succession
from .passage import Mend, Passage, SourceNote
from .picture import Picture
from .picture_withdrawal import PictureWithdrawal
from .proposal import Proposal
from .record import Record
from .site import SiteSettings, site_settings
from .source import Source
from .statement import Statement
from .stored_file import StoredFile
from .takedown import Takedown
from .term import Term

__all__ = [
    "Affiliation",
    "AffiliationsBlock",
    "Block",
    "Citation",
    "Consent",
    "ListBlock",
    "Mend",
    "Milestone",
    "MomentsBlock",
    "Organisation",
    "OrganisationBlock",
    "Passage",
    "Picture",
    "PictureWithdrawal",
    "Proposal",
    "Record",
    "SiteSettings",
    "Source",
    "SourceNote",
    "Statement",
    "StatementBlock",
    "StatementsBlock",
    "StoredFile",
    "Succession",
    "Takedown",
    "Term",
    "site_settings",
]
