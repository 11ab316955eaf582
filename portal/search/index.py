"""Keeps the index in step with what is public, in the transaction that makes it so."""

from contextlib import contextmanager
from contextvars import ContextVar

from cms.models import PageContent
from cms.operations import MOVE_PAGE
from cms.signals import post_obj_operation
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import translation
from djangocms_versioning.signals import post_version_operation

from advocacy.models import Ask, Instrument
from impact.models import Claim, Edition
from organisation.models import (
    Affiliation,
    Citation,
    Milestone,
    Organisation,
    Source,
    Statement,
    Succession,
)
from portal.models import SearchEntry, SearchWord

from . import engine
from .documents import DOCUMENTS, PAGE
from .spelling import keys_of, worth_offering
from .tokens import pairs, stem, words_of

# What stands after so many words of one text is not found; it bounds an entry, whatever somebody pastes.
MOST_WORDS = 20_000
LONGEST_COUNTED = 4095
BOUNDARY = "|"
BATCH = 500

paused = ContextVar("paused", default=False)


@contextmanager
def deferred():
    """Whatever is saved meanwhile waits for the `reindex` that the caller owes."""
    token = paused.set(True)
    try:
        yield
    finally:
        paused.reset(token)


@transaction.atomic
def index_records(key, pks):
    """Make the entries of these records say what readers may see of them now; the number of entries that changed."""
    if not pks:
        return 0
    # Of two people at once one comes second, and reads what the first has written.
    found = list(
        DOCUMENTS[key]
        .rows()
        .filter(pk__in=pks)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )
    new, gone = differences(key, pks, found)
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
    SearchEntry.objects.bulk_create(new)
    remember_words(new)
    return count_of(new, gone)


def differences(key, pks, found):
    """The entries that these records should have and do not, and those that they have and should not."""
    kind = DOCUMENTS[key]
    with translation.override(settings.LANGUAGE_CODE):
        wanted = [entry_of(kind, record) for record in kind.public().filter(pk__in=found)]
    wanted = {entry.object_id: entry for entry in wanted if entry}
    present = {entry.object_id: entry for entry in SearchEntry.objects.filter(kind=key, object_id__in=pks)}
    new = [entry for pk, entry in wanted.items() if values_of(entry) != values_of(present.get(pk))]
    gone = [
        entry
        for pk, entry in present.items()
        if pk not in wanted or values_of(entry) != values_of(wanted[pk])
    ]
    return new, gone


def count_of(new, gone):
    return len({entry.object_id for entry in [*new, *gone]})


def count_stale():
    """How many records the index says something else of than readers may see; nothing is changed."""
    wrong = SearchEntry.objects.exclude(kind__in=DOCUMENTS).count()
    for key, kind in DOCUMENTS.items():
        wrong += (
            SearchEntry.objects.filter(kind=key)
            .exclude(object_id__in=kind.rows().order_by().values("pk"))
            .count()
        )
        pks = list(kind.rows().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), BATCH):
            batch = pks[start : start + BATCH]
            wrong += count_of(*differences(key, batch, batch))
    return wrong


def values_of(entry):
    return entry and [getattr(entry, field.attname) for field in SearchEntry._meta.concrete_fields]


def entry_of(kind, record):
    said = kind.read(record)
    if said is None:
        return None
    tokens, length = tokens_of(kind.key, said)
    return SearchEntry(
        id=(kind.place << 56) + (min(length, LONGEST_COUNTED) << 44) + record.pk,
        kind=kind.key,
        object_id=record.pk,
        language=said.language,
        organisation_id=said.organisation,
        label=said.label,
        title=said.title,
        text=said.text,
        address=said.address,
        tokens=tokens,
    )


def tokens_of(key, said):
    """All that finds an entry, and the number of its words. A name's word counts twice: as a word, and as one of a name."""
    names = [words_of(name)[:MOST_WORDS] for name in said.names if name]
    parts = [words_of(part)[:MOST_WORDS] for part in (said.title, said.text, *said.also) if part]
    parts = [name for name in names if name not in parts] + parts
    stems = [[stem(word) for word in part] for part in parts]
    marks = [
        f"kind={key}",
        f"lang={said.language}",
        *([f"org={said.organisation}"] if said.organisation else []),
    ]
    of_names = {f"w={word}" for name in names for word in name} | {
        f"n={stem(word)}" for name in names for word in name
    }
    in_order = [token for part in stems for token in (BOUNDARY, *part)]
    together = {pair for part in stems for pair in pairs(part)}
    return " ".join([*marks, *sorted(of_names), *in_order, BOUNDARY, *sorted(together)]), sum(map(len, parts))


def remember_words(entries):
    """Keep the words of these entries for those who mistype them; the words themselves."""
    words = {
        word
        for entry in entries
        for word in words_of(" ".join([entry.title, entry.text]))
        if worth_offering(word)
    }
    known = set(
        SearchWord.objects.filter(key=models.F("word"), word__in=words).values_list("word", flat=True)
    )
    rows = [SearchWord(key=key, word=word) for word in sorted(words - known) for key in keys_of(word)]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)


def forget_words():
    """Words that no entry holds any more. Until then they do no harm: only a word that finds something is offered."""
    known = set(SearchWord.objects.filter(key=models.F("word")).values_list("word", flat=True))
    for said in SearchEntry.objects.values_list("title", "text").iterator(2000):
        known.difference_update(words_of(" ".join(said)))
    for start in range(0, len(gone := sorted(known)), BATCH):
        SearchWord.objects.filter(word__in=gone[start : start + BATCH]).delete()


def reindex(tell=lambda done, total: None):
    """Bring every entry up to date, a few hundred records at a time, so that nobody has to wait; the number of entries that changed.

    Readers see an entry as it was or as it is.
    """
    every = [
        (key, pk)
        for key, kind in DOCUMENTS.items()
        for pk in kind.rows().order_by("pk").values_list("pk", flat=True)
    ]
    changed = 0
    for key, kind in DOCUMENTS.items():
        changed += (
            SearchEntry.objects.filter(kind=key)
            .exclude(object_id__in=kind.rows().order_by().values("pk"))
            .delete()[0]
        )
    changed += SearchEntry.objects.exclude(kind__in=DOCUMENTS).delete()[0]
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        for key in dict.fromkeys(key for key, _pk in batch):
            changed += index_records(key, [pk for of, pk in batch if of == key])
        tell(start + len(batch), len(every))
    if changed:
        forget_words()
        engine.settle()
    return changed


def connect_signals():
    """Called once, when the site starts."""
    for model, key in (
        (Statement, "statement"),
        (Milestone, "milestone"),
        (Instrument, "instrument"),
        (Ask, "ask"),
        (Affiliation, "affiliation"),
        (Source, "source"),
        (PageContent, PAGE),
    ):
        listen(model, key)
    listen(Claim, "claim", claim_saved)
    listen(Organisation, "organisation", organisation_saved)
    for model, changed in ((Succession, succession_changed), (Citation, citation_changed)):
        for signal in (post_save, post_delete):
            signal.connect(unless_put_off(changed), sender=model, weak=False)
    pre_save.connect(keep_what_was, sender=Citation)
    pre_save.connect(keep_what_was, sender=Organisation)
    pre_save.connect(keep_what_was, sender=Succession)
    post_version_operation.connect(page_changed, sender=PageContent)
    post_obj_operation.connect(page_moved)


def listen(model, key, saved=None):
    post_save.connect(
        unless_put_off(saved or (lambda record, **named: index_records(key, [record.pk]))),
        sender=model,
        weak=False,
    )
    post_delete.connect(
        lambda instance, **named: SearchEntry.objects.filter(kind=key, object_id=instance.pk).delete(),
        sender=model,
        weak=False,
    )


def unless_put_off(changed):
    """The receiver of a signal, which leaves raw fixtures alone: their records may come before what they name."""

    def receive(instance, raw=False, **named):
        if not raw and not paused.get():
            changed(instance, **named)

    return receive


def keep_what_was(instance, raw=False, **named):
    if instance.pk and not raw and not paused.get():
        instance.was_before = type(instance)._base_manager.filter(pk=instance.pk).first()


def before(instance):
    return getattr(instance, "was_before", None)


def claim_saved(claim, update_fields=None, **named):
    """A claim enters by its current edition; what the edition cites may be public by that alone."""
    if update_fields and "current_edition" not in update_fields:
        return
    index_records("claim", [claim.pk])
    cited = Citation.objects.filter(
        content_type=ContentType.objects.get_for_model(Edition), object_id__in=claim.editions.values("pk")
    )
    index_records("source", list(cited.order_by().values_list("source", flat=True).distinct()))


def citation_changed(citation, **named):
    if citation.content_type.model_class() is not Claim:
        was = before(citation)
        index_records("source", list({citation.source_id, *([was.source_id] if was else [])}))


def succession_changed(succession, **named):
    each = [succession, *([before(succession)] if before(succession) else [])]
    index_records("organisation", list({pk for one in each for pk in (one.earlier_id, one.later_id) if pk}))


def organisation_saved(organisation, **named):
    renamed = Succession.objects.filter(
        models.Q(earlier=organisation) | models.Q(later=organisation)
    ).values_list("earlier", "later")
    index_records(
        "organisation", [organisation.pk, *{pk for each in renamed for pk in each if pk} - {organisation.pk}]
    )
    was = before(organisation)
    if was is None or any(
        getattr(was, name) != getattr(organisation, name)
        for name in ("official_name", "short_name", "other_names", "profiled", "slug")
    ):
        whose = models.Q(organisation=organisation)
        index_records("statement", pks_of(Statement, whose))
        index_records("milestone", pks_of(Milestone, whose))
        index_records("affiliation", pks_of(Affiliation, whose | models.Q(with_whom=organisation)))
        index_records(
            "source", pks_of(Source, models.Q(author=organisation) | models.Q(publisher=organisation))
        )
        index_records(
            PAGE,
            pks_of(PageContent, models.Q(page__urls__path__startswith=f"organisations/{organisation.slug}")),
        )


def pks_of(model, which):
    return list(model.objects.filter(which).order_by().values_list("pk", flat=True))


def page_changed(obj, unpublished=(), **named):
    """A version of a page was published or taken down, or is a draft that no reader sees."""
    if not paused.get():
        put_pages([obj.object_id, *(version.object_id for version in unpublished)])


def page_moved(sender, operation, obj=None, **named):
    if operation == MOVE_PAGE and not paused.get():
        contents = PageContent.objects.filter(page__path__startswith=obj.path)
        put_pages(list(contents.values_list("pk", flat=True)))


def put_pages(found):
    """The profile of an organisation is a page as well: with it the organisation comes and goes."""
    index_records(PAGE, found)
    paths = PageContent.admin_manager.filter(pk__in=found).values_list("page__urls__slug", flat=True)
    index_records("organisation", pks_of(Organisation, models.Q(slug__in=paths)))
