"""Finds where a hit leads: to the record's own page or, where it has none, to the page that shows it now."""

from cms.models import PageContent
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language

from advocacy.models import Ask
from organisation.block_pages import address_with
from organisation.models import (
    Affiliation,
    AffiliationsBlock,
    OrganisationBlock,
    Statement,
    StatementBlock,
    StatementsBlock,
)
from organisation.models.organisation import SECTION
from organisation.public_pages import public_contents


def entry_addresses(entries):
    """Returns {entry id: address}.

    Pages move and blocks come and go, so these addresses are not stored: each type costs a few queries,
    however many entries there are.
    """
    by_kind = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    addresses = {entry.pk: entry.address for entry in entries}
    for kind, addresses_of_records in (
        ("statement", statement_addresses),
        ("ask", ask_addresses),
        ("affiliation", affiliation_addresses),
    ):
        if kind in by_kind:
            of_records = addresses_of_records([entry.object_id for entry in by_kind[kind]])
            addresses |= {
                entry.pk: of_records.get(entry.object_id) or profile_address(entry) for entry in by_kind[kind]
            }
    language = get_language()
    if language != settings.LANGUAGE_CODE:
        addresses = {pk: translate_url(address, language) for pk, address in addresses.items()}
    # A page has its own address in its own language, so these come after the translation of the others.
    if "milestone" in by_kind:
        timeline = address_with("TimelinePlugin")
        addresses |= {entry.pk: milestone_address(entry, timeline) for entry in by_kind["milestone"]}
    if "page" in by_kind:
        of_pages = page_addresses([entry.object_id for entry in by_kind["page"]])
        addresses |= {entry.pk: of_pages.get(entry.object_id, "") for entry in by_kind["page"]}
    return addresses


def profile_address(entry):
    return entry.organisation.get_absolute_url() if entry.organisation else ""


def milestone_address(entry, timeline):
    """Returns where the timeline tells of a milestone, or else where its organisation is presented."""
    anchor = entry.address.rpartition("#")[2]
    return f"{timeline}#{anchor}" if timeline else profile_address(entry)


def page_address(path):
    return reverse("pages-details-by-slug", kwargs={"slug": path}) if path else reverse("pages-root")


def page_addresses(content_ids):
    addresses = {}
    contents = public_contents().filter(pk__in=content_ids)
    for pk, language, path in contents.values_list("pk", "language", "url_path"):
        with translation.override(language):
            addresses[pk] = page_address(path)
    return addresses


def statement_addresses(pks):
    statements = list(Statement.objects.filter(pk__in=pks).select_related("organisation"))
    organisations = {statement.organisation_id for statement in statements}
    single = paths_of_pages(StatementBlock.objects.filter(statement__in=pks), "statement_id")
    lists = paths_of_pages(StatementsBlock.objects.filter(of_any(organisations)), "organisation_id", "kind")
    return {
        statement.pk: nearest_page_address(
            statement.organisation.slug,
            single.get((statement.pk,), []) + paths_of(lists, statement.organisation, statement.kind),
        )
        for statement in statements
    }


def ask_addresses(pks):
    asks = list(Ask.objects.filter(pk__in=pks).select_related("organisation"))
    paths = paths_of_pages(
        OrganisationBlock.objects.filter(
            of_any({ask.organisation_id for ask in asks}), plugin_type="OrganisationAsksPlugin"
        ),
        "organisation_id",
    )
    pages = {
        ask.pk: nearest_page_address(ask.organisation.slug, paths_of(paths, ask.organisation)) for ask in asks
    }
    return {ask.pk: pages[ask.pk] and f"{pages[ask.pk]}#ask-{ask.slug}" for ask in asks}


def affiliation_addresses(pks):
    affiliations = list(Affiliation.objects.filter(pk__in=pks).select_related("organisation"))
    organisations = {affiliation.organisation_id for affiliation in affiliations}
    paths = paths_of_pages(AffiliationsBlock.objects.filter(of_any(organisations)), "organisation_id", "role")
    return {
        affiliation.pk: nearest_page_address(
            affiliation.organisation.slug, paths_of(paths, affiliation.organisation, affiliation.role)
        )
        for affiliation in affiliations
    }


def of_any(organisations):
    """Returns the Q of blocks that show one of these organisations, or every one with a profile."""
    return Q(organisation__in=organisations) | Q(organisation=None)


def paths_of(paths, organisation, *values):
    """Returns the paths of pages with a block that shows what this organisation has of these values."""
    of_every_one = paths.get((None, *values), []) if organisation.profiled else []
    return paths.get((organisation.pk, *values), []) + of_every_one


def paths_of_pages(blocks, *fields):
    """Returns {values of these fields of a block: paths of the public pages with such a block}."""
    blocks = list(
        blocks.filter(
            placeholder__content_type=ContentType.objects.get_for_model(PageContent)
        ).select_related("placeholder")
    )
    contents = {block.placeholder.object_id for block in blocks}
    path_of_content = dict(public_contents().filter(pk__in=contents).values_list("pk", "url_path"))
    paths = {}
    for block in blocks:
        if block.placeholder.object_id in path_of_content:
            shown = tuple(getattr(block, name) for name in fields)
            paths.setdefault(shown, []).append(path_of_content[block.placeholder.object_id])
    return paths


def nearest_page_address(slug, paths):
    """Returns the address of the page below the organisation of this slug, or else of the first page."""
    nearest_first = sorted(paths, key=lambda path: (not f"{path}/".startswith(f"{SECTION}/{slug}/"), path))
    return page_address(nearest_first[0]) if nearest_first else ""
