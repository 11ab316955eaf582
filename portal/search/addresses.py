"""Where a hit leads: to the record's own page or, where it has none, to the page that shows it now."""

from cms.models import PageContent
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language

from advocacy.models import Ask
from organisation.models import (
    Affiliation,
    AffiliationsBlock,
    OrganisationBlock,
    Statement,
    StatementBlock,
    StatementsBlock,
)


def addresses_of(entries):
    """The address of each entry by its id. Pages move and blocks come and go, so these are asked where they stand: a query for each kind."""
    of_kind = {}
    for entry in entries:
        of_kind.setdefault(entry.kind, []).append(entry)
    found = {entry.pk: entry.address for entry in entries}
    for kind, where in (("statement", statements), ("ask", asks), ("affiliation", affiliations)):
        if kind in of_kind:
            places = where([entry.object_id for entry in of_kind[kind]])
            found |= {entry.pk: places.get(entry.object_id) or profile(entry) for entry in of_kind[kind]}
    language = get_language()
    if language != settings.LANGUAGE_CODE:
        found = {pk: translate_url(address, language) for pk, address in found.items()}
    if "page" in of_kind:
        places = pages([entry.object_id for entry in of_kind["page"]])
        found |= {entry.pk: places.get(entry.object_id, "") for entry in of_kind["page"]}
    return found


def profile(entry):
    return entry.organisation.get_absolute_url() if entry.organisation else ""


def page_address(path):
    return reverse("pages-details-by-slug", kwargs={"slug": path}) if path else reverse("pages-root")


def pages(pks):
    urls = PageContent.objects.filter(pk__in=pks, page__urls__path__isnull=False).values_list(
        "pk", "language", "page__urls__language", "page__urls__path"
    )
    found = {}
    for pk, language, of, path in urls:
        if language == of:
            with translation.override(language):
                found[pk] = page_address(path)
    return found


def statements(pks):
    records = list(Statement.objects.filter(pk__in=pks).select_related("organisation"))
    whose = {record.organisation_id for record in records}
    one = shown_on(StatementBlock.objects.filter(statement__in=pks), "statement_id")
    many = shown_on(StatementsBlock.objects.filter(organisation__in=whose), "organisation_id", "kind")
    return {
        record.pk: nearest(
            record.organisation.slug,
            one.get((record.pk,), []) + many.get((record.organisation_id, record.kind), []),
        )
        for record in records
    }


def asks(pks):
    records = list(Ask.objects.filter(pk__in=pks).select_related("organisation"))
    blocks = shown_on(
        OrganisationBlock.objects.filter(
            plugin_type="OrganisationAsksPlugin", organisation__in={each.organisation_id for each in records}
        ),
        "organisation_id",
    )
    places = {
        record.pk: nearest(record.organisation.slug, blocks.get((record.organisation_id,), []))
        for record in records
    }
    return {record.pk: places[record.pk] and f"{places[record.pk]}#ask-{record.slug}" for record in records}


def affiliations(pks):
    records = list(Affiliation.objects.filter(pk__in=pks).select_related("organisation"))
    blocks = shown_on(
        AffiliationsBlock.objects.filter(organisation__in={each.organisation_id for each in records}),
        "organisation_id",
        "role",
    )
    return {
        record.pk: nearest(record.organisation.slug, blocks.get((record.organisation_id, record.role), []))
        for record in records
    }


def shown_on(blocks, *fields):
    """The paths of the published pages with these blocks, by what the blocks show."""
    blocks = list(
        blocks.filter(
            placeholder__content_type=ContentType.objects.get_for_model(PageContent)
        ).select_related("placeholder")
    )
    contents = {block.placeholder.object_id for block in blocks}
    urls = PageContent.objects.filter(pk__in=contents, page__urls__path__isnull=False).order_by("page__path")
    paths = {
        pk: path
        for pk, language, of, path in urls.values_list(
            "pk", "language", "page__urls__language", "page__urls__path"
        )
        if language == of
    }
    found = {}
    for block in blocks:
        if block.placeholder.object_id in paths:
            found.setdefault(tuple(getattr(block, name) for name in fields), []).append(
                paths[block.placeholder.object_id]
            )
    return found


def nearest(slug, paths):
    """Of the pages that show a record, the one that stands under its organisation."""
    own = sorted(paths, key=lambda path: (not f"{path}/".startswith(f"organisations/{slug}/"), path))
    return page_address(own[0]) if own else ""
