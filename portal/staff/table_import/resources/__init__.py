"""The tables that staff import and export: django-import-export resources by their name in the URL."""

from .advocacy import AskResource, InstrumentResource
from .claims import ClaimResource, FigureResource
from .evidence import EvidenceResource
from .organisations import AffiliationResource, OrganisationResource, SuccessionResource
from .records import DocumentResource, PublicationResource, StatementResource, TimelineResource
from .table import import_errors

RESOURCES = {
    "claims": ClaimResource,
    "figures": FigureResource,
    "evidence": EvidenceResource,
    "organisations": OrganisationResource,
    "successions": SuccessionResource,
    "affiliations": AffiliationResource,
    "timeline": TimelineResource,
    "statements": StatementResource,
    "publications": PublicationResource,
    "documents": DocumentResource,
    "instruments": InstrumentResource,
    "asks": AskResource,
}

__all__ = ["RESOURCES", "import_errors"]
