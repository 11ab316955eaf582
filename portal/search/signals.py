"""Updates the index in the transaction that changes what is public."""

from cms.models import Page, PageContent
from cms.operations import MOVE_PAGE
from cms.signals import post_obj_operation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save
from djangocms_versioning.signals import post_version_operation

from advocacy.models import Ask, Instrument
from impact.models import Claim, Edition, Indicator
from organisation.lineage import Lineage
from organisation.models import (
    Affiliation,
    Citation,
    Milestone,
    Organisation,
    Source,
    Statement,
    Succession,
    Term,
)
from organisation.models.organisation import SECTION
from organisation.public_pages import public_contents
from portal.models import SearchEntry

from .documents import PAGE
from .index import index_records, is_deferred

# The fields of an organisation that its records' documents or addresses show.
SHOWN_WITH_RECORDS = ("official_name", "short_name", "other_names", "profiled", "slug")


def connect_signals():
    """Connects the receivers; called once, when the site starts."""
    for model, key in (
        (Statement, "statement"),
        (Milestone, "milestone"),
        (Instrument, "instrument"),
        (Indicator, "indicator"),
        (Ask, "ask"),
        (Affiliation, "affiliation"),
        (Source, "source"),
        (PageContent, PAGE),
    ):
        connect_model(model, key)
    connect_model(Claim, "claim", claim_saved)
    connect_model(Organisation, "organisation", organisation_saved)
    for model, changed in (
        (Succession, succession_changed),
        (Citation, citation_changed),
        *((model, linked_source_changed(name)) for model, name in Source.public_links),
    ):
        for signal in (post_save, post_delete):
            signal.connect(unless_deferred(changed), sender=model, weak=False)
        pre_save.connect(remember_previous, sender=model)
    for model in (Organisation, Page, Term):
        pre_save.connect(remember_previous, sender=model)
    post_save.connect(unless_deferred(page_saved), sender=Page, weak=False)
    post_save.connect(unless_deferred(term_saved), sender=Term, weak=False)
    post_version_operation.connect(page_version_changed, sender=PageContent)
    post_obj_operation.connect(page_moved)


def connect_model(model, key, saved=None):
    def index_saved(record, **kwargs):
        index_records(key, [record.pk])

    def delete_entry(instance, **kwargs):
        SearchEntry.objects.filter(kind=key, object_id=instance.pk).delete()

    post_save.connect(unless_deferred(saved or index_saved), sender=model, weak=False)
    post_delete.connect(delete_entry, sender=model, weak=False)


def unless_deferred(changed):
    """Wraps the receiver of a signal.

    It leaves raw fixtures alone as well: their records may come before what they name.
    """

    def receive(instance, raw=False, **kwargs):
        if not raw and not is_deferred.get():
            changed(instance, **kwargs)

    return receive


def remember_previous(instance, raw=False, **kwargs):
    """Attaches the record as it is in the database, so that what it named before is updated as well."""
    if instance.pk and not raw and not is_deferred.get():
        instance.previous_for_search = type(instance)._base_manager.filter(pk=instance.pk).first()


def previous(instance):
    return getattr(instance, "previous_for_search", None)


def claim_saved(claim, update_fields=None, **kwargs):
    """Updates a claim's entry, and those of its cited sources: they may be public by that alone."""
    if update_fields and "current_edition" not in update_fields:
        return
    index_records("claim", [claim.pk])
    citations = Citation.objects.filter(
        content_type=ContentType.objects.get_for_model(Edition), object_id__in=claim.editions.values("pk")
    )
    index_records("source", list(citations.order_by().values_list("source", flat=True).distinct()))


def citation_changed(citation, **kwargs):
    # A claim's own citation is not public before an edition has it.
    if citation.content_type.model_class() is not Claim:
        before = previous(citation)
        index_records("source", list({citation.source_id, *([before.source_id] if before else [])}))


def linked_source_changed(name):
    """Returns the receiver that updates the source that a record names in this field, and named before."""

    def changed(record, **kwargs):
        keys = {getattr(version, f"{name}_id") for version in (record, previous(record)) if version}
        index_records("source", list(keys - {None}))

    return changed


def succession_changed(succession, **kwargs):
    before = previous(succession)
    versions = [succession, *([before] if before else [])]
    pks = {pk for version in versions for pk in (version.earlier_id, version.later_id) if pk}
    # What became of an organisation tells what became of those after it as well.
    index_records("organisation", list(Lineage().related(pks)))


def organisation_saved(organisation, **kwargs):
    index_records("organisation", list(Lineage().related([organisation.pk])))
    before = previous(organisation)
    if before is None or any(
        getattr(before, name) != getattr(organisation, name) for name in SHOWN_WITH_RECORDS
    ):
        own = models.Q(organisation=organisation)
        index_records("statement", pks_of(Statement, own))
        index_records("milestone", pks_of(Milestone, own))
        index_records("affiliation", pks_of(Affiliation, own | models.Q(with_whom=organisation)))
        index_records(
            "source", pks_of(Source, models.Q(author=organisation) | models.Q(publisher=organisation))
        )
        at_its_addresses = models.Q()
        for version in [organisation, *([before] if before else [])]:
            at_its_addresses |= models.Q(page__urls__path__startswith=f"{SECTION}/{version.slug}")
        index_records(PAGE, pks_of(PageContent, at_its_addresses))


def term_saved(term, **kwargs):
    """Updates what is found by the name of a theme or a role, once that is another."""
    before = previous(term)
    if before and before.name != term.name:
        if term.vocabulary == Term.Vocabulary.ROLE:
            index_records("affiliation", pks_of(Affiliation, models.Q(role=term.slug)))
        else:
            index_records("claim", pks_of(Claim, models.Q(current_edition__theme=term.slug)))


def pks_of(model, condition):
    return list(model.objects.filter(condition).order_by().values_list("pk", flat=True))


def page_version_changed(obj, unpublished=(), **kwargs):
    """Updates the pages of a version operation; the version may also be a draft that no reader sees."""
    if not is_deferred.get():
        index_pages([obj.object_id, *(version.object_id for version in unpublished)])
        index_opened_and_closed(obj.content.page)


def page_saved(page, **kwargs):
    before = previous(page)
    if before and before.login_required != page.login_required:
        index_opened_and_closed(page)


def index_opened_and_closed(page):
    """Updates, of a page and those below it, what visitors may open now and could not before, or reverse."""
    below = PageContent.admin_manager.filter(page__path__startswith=page.path).order_by()
    is_open = models.Exists(public_contents().filter(pk=models.OuterRef("pk")))
    entries = SearchEntry.objects.filter(kind=PAGE, object_id=models.OuterRef("pk"))
    changed = below.annotate(is_open=is_open, is_indexed=models.Exists(entries)).exclude(
        is_open=models.F("is_indexed")
    )
    index_pages(list(changed.values_list("pk", flat=True)))


def page_moved(sender, operation, obj=None, **kwargs):
    if operation == MOVE_PAGE and not is_deferred.get():
        contents = PageContent.objects.filter(page__path__startswith=obj.path)
        index_pages(list(contents.values_list("pk", flat=True)))


def index_pages(content_ids):
    """Updates the entries of pages and of the organisations whose profile is among them."""
    index_records(PAGE, content_ids)
    slugs = PageContent.admin_manager.filter(pk__in=content_ids).values_list("page__urls__slug", flat=True)
    index_records("organisation", pks_of(Organisation, models.Q(slug__in=slugs)))
