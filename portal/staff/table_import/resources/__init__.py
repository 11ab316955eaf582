"""The tables that staff import and export: django-import-export resources by their name in the URL."""

from .claims import ClaimResource, FigureResource
from .records import PublicationResource, TimelineResource
from .table import import_errors

RESOURCES = {
    "claims": ClaimResource,
    "figures": FigureResource,
    "publications": PublicationResource,
    "timeline": TimelineResource,
}

__all__ = ["RESOURCES", "import_errors"]
