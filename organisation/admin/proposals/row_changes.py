"""Records the rows that a save adds, changes or deletes, as far as visitors would see them.

Signals tell which rows are touched; what has become of each is read from the database afterwards, so that
a row that was saved and rolled back meanwhile does not count.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass

from django.db.models.signals import post_save, pre_delete, pre_save

from ...differences import field_text

# The recorder of the request at hand; signals reach every thread's.
active_recorder = ContextVar("active_recorder", default=None)


@dataclass
class FieldChange:
    name: str
    label: str
    old: str
    new: str


@dataclass
class RowChange:
    """A row that was added, changed or deleted. `pk` is None for an added one: it gets another each time."""

    model: str
    pk: int | None
    kind: str
    title: str
    action: str
    fields: list[FieldChange]

    def as_json(self):
        return asdict(self)


@dataclass
class RowState:
    """A row at one moment: its title, the values of its fields for people, and whether visitors see it."""

    title: str
    values: dict
    is_public: bool


class RowRecorder:
    def __init__(self):
        self.before = {}  # {(model, primary key): RowState, or None if the row was not there}

    def touch(self, model, pk):
        if (model, pk) not in self.before:
            self.before[model, pk] = row_state(model, pk)

    def public_changes(self):
        """Returns the changes that visitors would see, in the order in which the rows were touched."""
        changes = [row_change(model, pk, before) for (model, pk), before in self.before.items()]
        return [change for change in changes if change]


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
    if recorder and created and hasattr(sender, "is_public"):
        recorder.before.setdefault((sender, instance.pk), None)


def record_stored_row(sender, instance, **kwargs):
    recorder = active_recorder.get()
    if recorder and instance.pk is not None and hasattr(sender, "is_public"):
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
    for field in model._meta.private_fields:
        keys |= {getattr(field, "ct_field", ""), getattr(field, "fk_field", "")}
    hidden = keys | set(model.private_fields)
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    shown = [field for field in fields if field.editable and field.name not in hidden]
    values = {field.name: (field.verbose_name, text_of(row, field)) for field in shown}
    return RowState(str(row), values, row.is_public)


def row_change(model, pk, before):
    """Returns the change of a row since `before`; None if visitors would not see any."""
    after = row_state(model, pk)
    if not any(state and state.is_public for state in (before, after)):
        return None
    old, new = (state.values if state else {} for state in (before, after))
    fields = [
        FieldChange(name, str(label), old.get(name, ("", ""))[1], new.get(name, ("", ""))[1])
        for name, (label, _value) in {**old, **new}.items()
        if old.get(name, ("", ""))[1] != new.get(name, ("", ""))[1]
    ]
    if not fields:
        return None
    action = "added" if before is None else "deleted" if after is None else "changed"
    return RowChange(
        model._meta.label_lower,
        None if before is None else pk,
        str(model._meta.verbose_name),
        (after or before).title,
        action,
        fields,
    )


def text_of(row, field):
    """Returns the value of a field as a person reads it, several records joined by commas."""
    if field.many_to_many:
        return ", ".join(sorted(map(str, getattr(row, field.name).all())))
    return field_text(row, field)
