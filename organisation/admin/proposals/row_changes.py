"""Records the rows that a save adds, changes or deletes, with what visitors would see of it.

Signals tell which rows are touched; what has become of each is read from the database afterwards, so that
a row that was saved and rolled back meanwhile does not count.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace

from django.apps import apps
from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...models import Citation, Organisation, Source
from ...models.record import UNSEEN
from .awaited import awaited_keys, keys_named_by, seen_by_others
from .row_values import NOTHING, told_apart, values_of

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
    """A row that was added, changed or deleted, or one beside that readers see now, or do not any more.

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


@dataclass
class RowState:
    """A row at one moment. `named` and `public_with` hold keys, (model, primary key).

    `named` are those that it is or names of what readers see by others; `public_with` are the rows with which
    it becomes public, where it is not.
    """

    title: str
    values: dict
    is_public: bool
    named: set
    public_with: set

    def as_if_seen(self):
        values = {name: value._replace(is_private=value.is_never_seen) for name, value in self.values.items()}
        return replace(self, values=values)


class RowRecorder:
    """Records the rows of a save; `proposed` are the changes of the proposal that is accepted with it."""

    def __init__(self, proposed=()):
        self.started_at = timezone.now()
        self.before = {}  # {(model, primary key): RowState, or None if the row was not there}
        self.public_before = public_keys()
        self.proposed = proposed

    def touch(self, model, pk):
        if (model, pk) not in self.before:
            self.before[model, pk] = row_state(model, pk)

    @cached_property
    def awaited(self):
        return awaited_keys(self.proposed)

    def changes(self):
        """Returns all changes in the order in which the rows were touched; none if visitors see none."""
        after = {key: row_state(*key) for key in self.before}
        changes = [
            row_change(*key, *self.as_counted(key, before, after[key])) for key, before in self.before.items()
        ]
        changes = [change for change in changes if change] + self.changes_beside(after)
        return changes if any(change.is_public for change in changes) else []

    def as_counted(self, key, before, after):
        """Returns both states of a row; if it is awaited, as if visitors saw it already."""
        states = [state for state in (before, after) if state]
        if any(state.is_public for state in states):
            return before, after
        # The awaited rows are looked for only if there is any that becomes public with others.
        others = [state.public_with for state in states if state.public_with]
        if others and (key in self.awaited or any(each <= self.awaited for each in others)):
            return before and before.as_if_seen(), after and after.as_if_seen()
        return before, after

    def rows(self):
        """Returns the touched rows as they are now; those that are gone are left out."""
        keys = defaultdict(list)
        for model, pk in self.before:
            keys[model].append(pk)
        return [row for model, pks in keys.items() for row in model._base_manager.filter(pk__in=pks)]

    def note_unseen(self):
        """Notes in the history of public rows, in place of a reason, that no visitor sees what was saved."""
        for row in self.rows():
            if row.is_public and (history := getattr(row, "history", None)):
                history.filter(history_date__gte=self.started_at).update(history_change_reason=UNSEEN)

    def is_done(self, change):
        """True for a row beside, as JSON, that another decision has shown or hidden."""
        is_public = (change["model"], change["pk"]) in {
            (model._meta.label_lower, pk) for model, pk in self.public_before
        }
        return change["action"] == ("published" if is_public else "hidden")

    def as_seen_by_now(self, change):
        """Returns a change, as JSON, with what readers see of its row by now in place of what they saw then.

        Another decision may have shown them the row meanwhile, as one on words that rest on a document does.
        """
        key = (apps.get_model(change["model"]), change["pk"])
        if change["action"] != "changed" or key not in self.public_before or not self.before.get(key):
            return change
        seen = {name: value.seen for name, value in self.before[key].values.items()}
        fields = [
            each | {"old": each["old"] or seen.get(each["name"], "")}
            for each in change["fields"]
            if not each["is_private"]
        ]
        return change | {"fields": [each for each in fields if each["old"] != each["new"]]}

    def changes_beside(self, after):
        """Returns a change for each row that readers see by others and that these make public, or private.

        What becomes of one that is saved itself stands among the changes of its row.
        """
        public_now = public_keys()
        states = [state for state in [*self.before.values(), *after.values()] if state]
        keys = {key for state in states for key in state.named}
        touched = [pk for model, pk in self.before if model is Organisation]
        authored = Source.objects.filter(author__in=touched).values_list("pk", flat=True) if touched else []
        keys |= {(Source, pk) for pk in authored}
        moved = self.public_before ^ public_now
        documents = [pk for model, pk in keys & moved if model is Source]
        for document in Source.objects.filter(pk__in=documents) if documents else []:
            keys |= keys_named_by(document)
        # Of the other apps all, for what makes them public need not name them.
        keys |= {key for key in moved if key[0] not in (Source, Organisation)}
        found = (keys & moved) - self.before.keys()
        return [
            change_beside(model, pk, (model, pk) in public_now)
            for model, pk in sorted(found, key=lambda key: (seen_by_others.index(key[0]), key[1]))
        ]


def public_keys():
    """Returns the keys of the documents, the organisations and whatever else visitors see by others."""
    return {
        (model, pk)
        for model in seen_by_others
        for pk in model.objects.public().order_by().values_list("pk", flat=True)
    }


def change_beside(model, pk, is_published):
    """Returns the change of what readers see by others now, or do not any more.

    Of one that they see it has all that they see of it, but for the text of a document.
    """
    state = row_state(model, pk).as_if_seen()
    fields = row_change(model, pk, None, state).fields if is_published else []
    return RowChange(
        model._meta.label_lower,
        pk,
        str(model._meta.verbose_name),
        state.title,
        "published" if is_published else "hidden",
        [each for each in fields if not each.is_private and each.name != "text"],
    )


@contextmanager
def recorded_rows(proposed=()):
    recorder = RowRecorder(proposed)
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
    is_public = bool(row.is_public)
    values = values_of(row, is_public)
    public_with = [] if is_public else getattr(row, "public_with", [])
    return RowState(
        title_of(row), values, is_public, keys_named_by(row), {(type(each), each.pk) for each in public_with}
    )


def title_of(row):
    """Returns what a row is called; a citation with the record that cites, which none of its fields names."""
    if not isinstance(row, Citation) or row.record is None:
        return str(row)
    return _("%(citation)s (cited by “%(record)s”)") % {"citation": row, "record": row.record}


def row_change(model, pk, before, after):
    """Returns the change of a row between two states; None if there is none.

    Of a row that becomes public every field is a change for visitors, who saw none of them.
    """
    old, new = (state.values if state else {} for state in (before, after))
    fields = []
    for name, (label, *_rest) in {**old, **new}.items():
        one, other = told_apart(old.get(name, NOTHING), new.get(name, NOTHING))
        if one.seen != other.seen:
            fields.append(FieldChange(name, str(label), one.seen, other.seen))
        elif one.text != other.text:
            # On an earlier day, readers are told the sooner that nobody has looked at it.
            is_sooner = name == "review_by" and after and after.is_public and other.keys < one.keys
            fields.append(FieldChange(name, str(label), one.text, other.text, is_private=not is_sooner))
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
