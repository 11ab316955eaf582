"""Finds where a picture stands: in every version of a page, in records, and wherever a model names one."""

from dataclasses import asdict, dataclass

from cms.models import CMSPlugin, PageContent
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ..models.consent import Consent
from ..models.picture import Picture
from ..public_pages import public_contents


@dataclass(frozen=True)
class Place:
    """A page, or a record, that names a picture. `version` is the key of the content of a page."""

    kind: str
    title: str
    address: str
    is_public: bool
    version: int | None = None

    def as_json(self):
        return asdict(self)


def referring_relations():
    """Returns the relations by which any model but those of the pictures themselves names a picture.

    A new one is found by itself, so that a withdrawal knows of it.
    """
    relations = Picture._meta.get_fields(include_hidden=True)
    return [
        relation
        for relation in relations
        if relation.is_relation
        and relation.auto_created
        and not relation.concrete
        and not relation.related_model._meta.auto_created  # the table of a many-to-many field, named by it
        and not hasattr(relation.related_model, "history_object")
        and relation.related_model not in OWN_MODELS
    ]


OWN_MODELS = [Consent]


def places_of(picture):
    """Returns the places of a picture, those that visitors see first."""
    rows = [
        row
        for relation in referring_relations()
        for row in relation.related_model._base_manager.filter(**{relation.field.name: picture}).distinct()
    ]
    contents = [row.placeholder.object_id for row in rows if isinstance(row, CMSPlugin) and row.placeholder]
    public = set(public_contents().filter(pk__in=contents).values_list("pk", flat=True)) if contents else ()
    places = {place_of_block(row, public) if isinstance(row, CMSPlugin) else place_of(row) for row in rows}
    return sorted(places, key=lambda place: (not place.is_public, place.title, place.version or 0))


def place_of_block(block, public):
    content = block.placeholder.source if block.placeholder else None
    if not isinstance(content, PageContent):
        return Place(_("block"), str(block), "", is_public=False)
    return Place(
        _("page"), str(content.title), content.get_absolute_url() or "", content.pk in public, content.pk
    )


def place_of(row):
    # A record that does not say whether visitors see it counts as seen.
    return Place(
        str(row._meta.verbose_name), str(row), address_of(row), bool(getattr(row, "is_public", True))
    )


def address_of(row):
    if hasattr(row, "get_absolute_url"):
        return row.get_absolute_url() or ""
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
