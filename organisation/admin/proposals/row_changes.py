"""Records the rows that a save adds, changes or deletes, with what visitors would see of it.

Signals tell which rows are touched; what has become of each is read from the database afterwards, so that
a row that was saved and rolled back meanwhile does not count.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils.translation import gettext as _

from ...differences import field_text, value_text
from ...models import Organisation, Passage, Source
from ...models.record import Upkeep

# The recorder of the request at hand; signals reach every thread's.
active_recorder = ContextVar("active_recorder", default=None)


@dataclass
class FieldChange:
    """A field that differs. `is_private` says that visitors see neither text."""

    name: str
    label: str
    old: str
    new: str
    is_private: bool = False


@dataclass
class RowChange:
    """A row that was added, changed or deleted, or a document that readers see now, or do not any more.

    `pk` is None for an added one: it gets another each time.
    """

    model: str
    pk: int | None
    kind: str
    title: str
    action: str
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def is_public(self):
        return not self.fields or any(not each.is_private for each in self.fields)

    def as_json(self):
        return asdict(self)


class Value(NamedTuple):
    """The value of a field for people. `is_private` says that visitors never see it."""

    label: str
    text: str
    is_private: bool

    @property
    def seen(self):
        """Returns what visitors see of it."""
        return "" if self.is_private else self.text


NOTHING = Value("", "", is_private=True)


@dataclass
class RowState:
    """A row at one moment: its title, the values of its fields, and the documents that it is or names."""

    title: str
    values: dict
    documents: set


class RowRecorder:
    def __init__(self):
        self.before = {}  # {(model, primary key): RowState, or None if the row was not there}
        self.documents_before = public_documents()

    def touch(self, model, pk):
        if (model, pk) not in self.before:
            self.before[model, pk] = row_state(model, pk)

    def changes(self):
        """Returns all changes in the order in which the rows were touched; none if visitors see none."""
        after = {key: row_state(*key) for key in self.before}
        changes = [row_change(*key, before, after[key]) for key, before in self.before.items()]
        changes = [change for change in changes if change] + self.document_changes(after)
        return changes if any(change.is_public for change in changes) else []

    def rows(self):
        """Returns the touched rows as they are now; those that are gone are left out."""
        keys = defaultdict(list)
        for model, pk in self.before:
            keys[model].append(pk)
        return [row for model, pks in keys.items() for row in model._base_manager.filter(pk__in=pks)]

    def document_changes(self, after):
        """Returns a change for each document that is public because of the rows, or is not any more."""
        keys = set()
        for (model, pk), before in self.before.items():
            keys |= {key for state in (before, after[model, pk]) if state for key in state.documents}
            if model is Organisation:
                keys |= set(Source.objects.filter(author=pk).values_list("pk", flat=True))
        # What becomes of a document that is saved itself stands among the changes of its row.
        keys -= {pk for model, pk in self.before if model is Source}
        documents_now = public_documents()
        return [
            RowChange(
                Source._meta.label_lower,
                source.pk,
                str(Source._meta.verbose_name),
                str(source),
                "published" if source.pk in documents_now else "hidden",
            )
            for source in Source.objects.filter(
                pk__in=keys & (self.documents_before ^ documents_now)
            ).order_by("pk")
        ]


def public_documents():
    return set(Source.objects.public().values_list("pk", flat=True))


@contextmanager
def recorded_rows():
    recorder = RowRecorder()
    token = active_recorder.set(recorder)
    try:
        yield recorder
    finally:
        active_recorder.reset(token)


def record_new_row(sender, instance, created, **kwargs):
    recorder = active_recorder.get()
    if recorder and created and hasattr(sender, "private_fields"):
        recorder.before.setdefault((sender, instance.pk), None)


def record_stored_row(sender, instance, **kwargs):
    recorder = active_recorder.get()
    if recorder and instance.pk is not None and hasattr(sender, "private_fields"):
        recorder.touch(sender, instance.pk)


def connect_recorder():
    """Connects the signals; is called once the models are loaded."""
    pre_save.connect(record_stored_row, dispatch_uid="stored rows")
    pre_delete.connect(record_stored_row, dispatch_uid="deleted rows")
    post_save.connect(record_new_row, dispatch_uid="new rows")


def row_state(model, pk):
    row = model._base_manager.filter(pk=pk).first()
    if row is None:
        return None
    # Keys tell a person nothing, and those of added rows are others each time that a form is sent.
    keys = {model._meta.pk.name}
    for each in model._meta.private_fields:
        keys |= {getattr(each, "ct_field", ""), getattr(each, "fk_field", "")}
    is_private = not row.is_public
    values = {
        each.name: Value(
            each.verbose_name, text_of(row, each), is_private or each.name in model.private_fields
        )
        for each in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if each.editable and each.name not in keys
    }
    if isinstance(row, Upkeep):
        values |= dated_values(row)
    return RowState(str(row), values, documents_of(row))


def documents_of(row):
    """Returns the primary keys of the documents that a row is or names."""
    links = [each for each in row._meta.concrete_fields if each.related_model is Source]
    return {row.pk} if isinstance(row, Source) else {getattr(row, each.attname) for each in links} - {None}


def dated_values(row):
    """Returns what depends on the day: when a text was found true, and whether its review is overdue."""
    is_private, confirmed_on = not row.is_confirmation_public, row._meta.get_field("confirmed_on")
    return {
        "confirmed_on": Value(confirmed_on.verbose_name, field_text(row, confirmed_on), is_private),
        "is_overdue": Value(
            _("readers are told that its review is overdue"), value_text(row.is_overdue), is_private
        ),
    }


def row_change(model, pk, before, after):
    """Returns the change of a row between two states; None if there is none.

    Of a row that becomes public every field is a change for visitors, who saw none of them.
    """
    old, new = (state.values if state else {} for state in (before, after))
    fields = []
    for name, (label, *_rest) in {**old, **new}.items():
        one, other = old.get(name, NOTHING), new.get(name, NOTHING)
        if one.seen != other.seen:
            fields.append(FieldChange(name, str(label), one.seen, other.seen))
        elif one.text != other.text:
            fields.append(FieldChange(name, str(label), one.text, other.text, is_private=True))
    if not fields:
        return None
    return RowChange(
        model._meta.label_lower,
        None if before is None else pk,
        str(model._meta.verbose_name),
        (after or before).title,
        "added" if before is None else "deleted" if after is None else "changed",
        fields,
    )


def text_of(row, each):
    """Returns the value of a field as a person reads it, several records joined by commas."""
    if each.many_to_many:
        return ", ".join(sorted(map(str, getattr(row, each.name).all())))
    if each.related_model is Passage and getattr(row, each.name):
        return getattr(row, each.name).words  # its title is cut off
    return field_text(row, each)


def comparable(changes):
    """Returns what visitors see of changes, as `as_json` gives them, without what differs from day to day.

    The keys of added rows and the day on which something is found true are others each time.
    """
    return [
        (
            each["model"],
            each["pk"],
            each["action"],
            [
                (field["name"], field["old"], "" if field["name"] == "confirmed_on" else field["new"])
                for field in each["fields"]
                if not field["is_private"] and field["name"] != "is_overdue"
            ],
        )
        for each in changes
    ]
