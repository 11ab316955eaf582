"""Loads the entries of `fixtures/*.json` into records.

What an editor has changed or deleted is left alone, unless told to overwrite.
"""

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.models import Ask, Fold, Instrument, StoryOfChange
from impact.conflicts import find_conflicts
from impact.models import Absence, Claim, Conflict, Figure, Highlight, Indicator
from organisation.models import (
    Affiliation,
    Citation,
    Mend,
    Milestone,
    Organisation,
    Passage,
    Source,
    SourceNote,
    Statement,
    Succession,
    Term,
)
from organisation.models.record import Upkeep

from . import SEED_REASON, SeedError
from .fixtures import (
    NamedRecordMissing,
    entry_title,
    error_in_entry,
    field_values,
    find_record,
    read_fixture,
)

# In this order: a record may name those of the files before it. Organisations cite sources, so that all
# citations are loaded after all records.
FILES = {
    "terms": Term,
    "organisations": Organisation,
    "sources": Source,
    "outside_documents": Source,
    "publications": Source,
    "source_notes": SourceNote,
    "successions": Succession,
    "statements": Statement,
    "milestones": Milestone,
    "affiliations": Affiliation,
    "indicators": Indicator,
    "claims": Claim,
    "highlights": Highlight,
    "instruments": Instrument,
    "asks": Ask,
    "stories": StoryOfChange,
}
# The fields of citations and figures that tie them to their record.
TIES = ("claim", "edition", "content_type", "object_id")
# The field of a part that names the record it belongs to.
OWNERS = {Citation: "record", Figure: "claim", Fold: "story", Absence: "indicator"}


class RecordSeeder:
    """Loads every fixture.

    `written` counts the records made or changed; `skipped` lists those that are left as an editor has them.
    """

    def __init__(self, user, owner, overwrite=False):
        self.user = user
        self.owner = owner
        self.overwrite = overwrite
        self.written = 0
        self.skipped = []
        self.keys_of_editors = {}

    def load(self):
        loaded = []
        for name, model in FILES.items():
            for entry in read_fixture(name):
                if record := self.load_entry(name, entry, self.load_record, model, entry):
                    loaded.append((name, entry, record))
        for name, entry, record in loaded:
            self.load_entry(name, entry, self.load_parts, record, entry)
        for _name, _entry, record in loaded:
            if isinstance(record, Claim) and record.differs_from_published():
                self.publish(record)
        find_conflicts()
        for entry in read_fixture("conflicts"):
            self.load_entry("conflicts", entry, self.decide_conflict, entry)

    def load_entry(self, name, entry, load, *args):
        """Calls `load`; whatever is wrong in the fixture becomes a sentence that names file and entry."""
        try:
            return load(*args)
        except NamedRecordMissing as error:
            if not self.overwrite and error.key in self.changed_by_editors(error.model):
                self.skipped.append(entry_title(entry))
                return None
            raise error_in_entry(name, entry, str(error)) from error
        except KeyError as error:
            message = _("“%(key)s” is missing: add it.") % {"key": error.args[0]}
            raise error_in_entry(name, entry, message) from error
        except (ValidationError, FieldDoesNotExist, TypeError, SeedError) as error:
            message = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise error_in_entry(name, entry, message) from error

    def load_record(self, model, entry):
        """Returns the record of an entry, made or brought up to date; None if it is an editor's."""
        values = field_values(model, entry)
        key = {name: values.get(name, default_value(model, name)) for name in model.natural_key_fields}
        is_editors = key_values(key) in self.changed_by_editors(model)
        if is_editors and not self.overwrite:
            self.skipped.append(str(model.objects.filter(**key).first() or entry_title(entry)))
            return None
        record = model.objects.filter(**key).first() or self.new_record(model, key)
        # A field that the entry leaves out goes back to its default.
        values = {name: default_value(model, name) for name in seeded_fields(model)} | values
        if (
            is_editors
            or record.pk is None
            or any(getattr(record, name) != value for name, value in values.items())
        ):
            for name, value in values.items():
                setattr(record, name, value)
            record._change_reason = SEED_REASON
            record.full_clean()
            record.save()
            self.written += 1
        return record

    def new_record(self, model, key):
        return model(**key, owner=self.owner) if issubclass(model, Upkeep) else model(**key)

    def changed_by_editors(self, model):
        """Returns the keys of this model's records whose last change, or deletion, was not the fixtures'."""
        if model not in self.keys_of_editors:
            names = [model._meta.get_field(name).attname for name in model.natural_key_fields]
            rows = model.history.order_by("history_date", "history_id").values_list(
                "id", "history_change_reason", *names
            )
            last_reason = {pk: reason for pk, reason, *_key in rows}
            # A key may have been another record's before: the last one that had it counts.
            last_record = {tuple(key): pk for pk, _reason, *key in rows}
            self.keys_of_editors[model] = {
                key for key, pk in last_record.items() if last_reason[pk] != SEED_REASON
            }
        return self.keys_of_editors[model]

    def load_parts(self, record, entry):
        """Loads what belongs to a record: citations with passages and mends, figures, the claims it names."""
        citations = [self.citation_values(each) for each in entry.get("citations", [])]
        parts_changed = [self.replace_parts(record, Citation, "citations", citations)]
        for owner, model, name in (
            (Claim, Figure, "figures"),
            (StoryOfChange, Fold, "folds"),
            (Indicator, Absence, "absences"),
        ):
            if isinstance(record, owner):
                parts_changed.append(self.replace_parts(record, model, name, values_of(model, entry, name)))
        if isinstance(record, Instrument):
            claims = [find_record(Highlight, "claim", reference) for reference in entry.get("claims", [])]
            parts_changed.append(set(claims) != set(record.claims.all()))
            record.claims.set(claims)
        self.written += any(parts_changed)

    def citation_values(self, entry):
        source = find_record(Citation, "source", entry["source"])
        passage = None
        if "words" in entry:
            passage = Passage.objects.quote(source, entry["words"], entry.get("line"))
            for mend in entry.get("mends", []):
                self.load_record(Mend, mend | {"passage": passage})
        of_passage = ("source", "line", "words", "mends")
        values = {name: value for name, value in entry.items() if name not in of_passage}
        return values | {"source": source, "passage": passage}

    def replace_parts(self, record, model, name, values_of_parts):
        """Makes the record's parts those of the fixture; returns True if they were not."""
        if not hasattr(record, name):
            return False
        new = [model(**values) for values in values_of_parts]
        if hasattr(model, "order"):
            for order, part in enumerate(new):
                part.order = order
        present = list(getattr(record, name).all())
        if [own_values(part) for part in new] == [own_values(part) for part in present]:
            return False
        for part in present:
            part.delete()
        for part in new:
            setattr(part, OWNERS[model], record)
            part.full_clean()
            part._change_reason = SEED_REASON
            part.save()
        record._prefetched_objects_cache = {}  # it holds the parts that were deleted
        return True

    def publish(self, claim):
        if claim.current_edition is None:
            reason = _("In the words of the source.")
        else:
            reason = _("Brought back to the words of the source.")
        claim.publish(by=self.user, reason=reason, seen=Claim.AS_STORED)

    def decide_conflict(self, entry):
        """Decides a conflict as the fixture does, unless staff have decided it or changed its claims."""
        first, second = (find_record(Conflict, name, entry[name]) for name in ("first", "second"))
        conflict = Conflict.objects.filter(first=first, second=second, rule=entry["rule"]).first()
        if conflict is None:
            if {(first.number,), (second.number,)} & self.changed_by_editors(Claim):
                return
            raise SeedError(_("the rules find no such conflict: correct the entry, or the claims."))
        values = {name: entry[name] for name in ("decision", "why")}
        if all(getattr(conflict, name) == value for name, value in values.items()):
            return
        if conflict.decided_by not in (None, self.user) and not self.overwrite:
            self.skipped.append(str(conflict))
            return
        for name, value in values.items():
            setattr(conflict, name, value)
        conflict.decided_by, conflict.decided_at = self.user, timezone.now()
        conflict.full_clean()
        conflict.save()
        self.written += 1


def values_of(model, entry, name):
    """Returns the values of the parts that an entry has under a name, with the records that they name."""
    return [
        {field: find_record(model, field, value) for field, value in each.items()}
        for each in entry.get(name, [])
    ]


def seeded_fields(model):
    """Returns the fields that a fixture decides; who looks after a text, and until when, is the staff's."""
    upkeep = {field.name for field in Upkeep._meta.fields} if issubclass(model, Upkeep) else set()
    return [
        field.name
        for field in model._meta.fields
        if field.editable and not field.primary_key and field.name not in upkeep
    ]


def default_value(model, name):
    return model._meta.get_field(name).get_default()


def key_values(key):
    return tuple(getattr(value, "pk", value) for value in key.values())


def own_values(part):
    """Returns the values of a part without those that tie it to its record."""
    ties = ("id", OWNERS[type(part)]) if isinstance(part, Fold | Absence) else ("id", *TIES)
    return {
        field.name: field.to_python(getattr(part, field.attname))
        for field in part._meta.fields
        if field.name not in ties
    }
