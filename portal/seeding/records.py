"""Reads `fixtures/*.json` into records. What an editor has changed or deleted is kept, unless told to overwrite."""

import hashlib
import json

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.models import Ask, Instrument
from impact.conflicts import find_conflicts
from impact.models import Claim, Conflict, Figure, Highlight
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
)
from organisation.models.record import Upkeep

from . import SEED_REASON, SeedError

# In this order: a record may name those of the files before it. Organisations cite sources, so citations come after all.
FILES = {
    "organisations": Organisation,
    "sources": Source,
    "outside_documents": Source,
    "publications": Source,
    "source_notes": SourceNote,
    "successions": Succession,
    "statements": Statement,
    "milestones": Milestone,
    "affiliations": Affiliation,
    "claims": Claim,
    "highlights": Highlight,
    "instruments": Instrument,
    "asks": Ask,
}


class RecordSeeder:
    """Loads every fixture. `written` counts records made or changed; `kept` lists those left as an editor has them."""

    def __init__(self, user, owner, overwrite=False):
        self.user = user
        self.owner = owner
        self.overwrite = overwrite
        self.written = 0
        self.kept = []
        self.changed_by_editors = {}

    def load(self):
        loaded = []
        for name, model in FILES.items():
            for entry in read_fixture(name):
                with_name = (name, entry)
                if record := self.attempt(with_name, self.load_record, model, entry):
                    loaded.append((with_name, record))
        for with_name, record in loaded:
            self.attempt(with_name, self.load_parts, record, with_name[1])
        for _with_name, record in loaded:
            if isinstance(record, Claim) and record.differs_from_published():
                first = record.current_edition is None
                record.publish(
                    by=self.user,
                    reason=_("In the words of the source.")
                    if first
                    else _("Brought back to the words of the source."),
                )
        find_conflicts()
        for entry in read_fixture("conflicts"):
            self.attempt(("conflicts", entry), self.decide, entry)

    def decide(self, entry):
        """Decide a conflict that the rules found as the fixture does, unless staff have decided it or changed its claims."""
        first, second = (find_record(Conflict, name, entry[name]) for name in ("first", "second"))
        conflict = Conflict.objects.filter(first=first, second=second, rule=entry["rule"]).first()
        if conflict is None:
            if {(first.number,), (second.number,)} & self.editors(Claim):
                return
            raise SeedError(_("the rules find no such conflict: correct the entry, or the claims."))
        values = {name: entry[name] for name in ("decision", "why")}
        if all(getattr(conflict, name) == value for name, value in values.items()):
            return
        if conflict.decided_by not in (None, self.user) and not self.overwrite:
            self.kept.append(str(conflict))
            return
        for name, value in values.items():
            setattr(conflict, name, value)
        conflict.decided_by, conflict.decided_at = self.user, timezone.now()
        conflict.full_clean()
        conflict.save()
        self.written += 1

    def attempt(self, with_name, step, *args):
        """Run a step; whatever the fixture gets wrong becomes one sentence that names the file and the entry."""
        name, entry = with_name
        try:
            return step(*args)
        except NamedRecordMissing as error:
            if not self.overwrite and error.key in self.editors(error.model):
                self.kept.append(title_of(entry))
                return None
            raise SeedError(said_of(name, entry, str(error))) from error
        except KeyError as error:
            raise SeedError(
                said_of(name, entry, _("“%(key)s” is missing: add it.") % {"key": error.args[0]})
            ) from error
        except (ValidationError, FieldDoesNotExist, TypeError, SeedError) as error:
            told = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise SeedError(said_of(name, entry, told)) from error

    def load_record(self, model, entry):
        """The record of a fixture's entry, made or brought up to date; None if it is an editor's."""
        values = {name: find_record(model, name, value) for name, value in fields_of(model, entry).items()}
        known = {name: values.get(name, empty(model, name)) for name in model.natural_key_fields}
        is_editors = key_of(known) in self.editors(model)
        if is_editors and not self.overwrite:
            self.kept.append(str(model.objects.filter(**known).first() or title_of(entry)))
            return None
        record = model.objects.filter(**known).first() or self.new(model, known)
        values = {name: empty(model, name) for name in editable_fields(model)} | values
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

    def new(self, model, known):
        return model(**known, owner=self.owner) if issubclass(model, Upkeep) else model(**known)

    def editors(self, model):
        """The keys of this model's records whose last change, their deletion included, was not the fixtures'."""
        if model not in self.changed_by_editors:
            names = [model._meta.get_field(name).attname for name in model.natural_key_fields]
            rows = model.history.order_by("history_date", "history_id").values_list(
                "id", "history_change_reason", *names
            )
            reasons = {pk: reason for pk, reason, *_key in rows}
            latest = {tuple(key): pk for pk, _reason, *key in rows}
            self.changed_by_editors[model] = {key for key, pk in latest.items() if reasons[pk] != SEED_REASON}
        return self.changed_by_editors[model]

    def load_parts(self, record, entry):
        """What hangs on a record: its citations with their passages and mends, its figures, the claims it names."""
        parts = [
            self.replace(
                record, Citation, "citations", [self.citation(each) for each in entry.get("citations", [])]
            ),
            self.replace(record, Figure, "figures", entry.get("figures", [])),
        ]
        if isinstance(record, Instrument):
            claims = [find_record(Highlight, "claim", reference) for reference in entry.get("claims", [])]
            parts.append(set(claims) != set(record.claims.all()))
            record.claims.set(claims)
        self.written += any(parts)

    def citation(self, entry):
        source = find_record(Citation, "source", entry["source"])
        passage = None
        if "words" in entry:
            passage = Passage.objects.quote(source, entry["words"], entry.get("line"))
            for mend in entry.get("mends", []):
                self.load_record(Mend, mend | {"passage": passage})
        rest = {
            name: value for name, value in entry.items() if name not in ("source", "line", "words", "mends")
        }
        return rest | {"source": source, "passage": passage}

    def replace(self, record, model, name, wanted):
        """Make the record's parts those of the fixture; True if they were not."""
        if not hasattr(record, name):
            return False
        new = [model(**values, order=order) for order, values in enumerate(wanted)]
        present = list(getattr(record, name).all())
        if [values_of(part) for part in new] == [values_of(part) for part in present]:
            return False
        for part in present:
            part.delete()
        for part in new:
            setattr(part, "record" if model is Citation else "claim", record)
            part.full_clean()
            part._change_reason = SEED_REASON
            part.save()
        record._prefetched_objects_cache = {}
        return True


class NamedRecordMissing(SeedError):
    """A fixture names a record that is not there: a slip in the fixture, unless an editor deleted the record."""

    def __init__(self, model, key, name):
        self.model, self.key = model, key
        super().__init__(
            _("there is no %(kind)s “%(name)s”: correct the name.")
            % {"kind": model._meta.verbose_name, "name": name}
        )


def said_of(name, entry, told):
    return _("fixtures/%(file)s.json, %(entry)s: %(told)s Nothing was changed.") % {
        "file": name,
        "entry": title_of(entry),
        "told": told,
    }


def read_fixture(name):
    path = settings.FIXTURES_DIR / f"{name}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SeedError(
            _("%(path)s cannot be read (%(error)s): restore the file.") % {"path": path, "error": error}
        ) from error


def fields_of(model, entry):
    """The model's own fields of an entry, with a source's text read from its file, and places turned into passages."""
    fields = {name: value for name, value in entry.items() if name not in ("citations", "figures", "claims")}
    if model is Claim:
        fields["number"] = int(fields.pop("reference").removeprefix("E"))
    if model is Source and "file" in fields:
        fields["text"] = verbatim(fields.pop("file"), fields.pop("sha256"))
    if model is SourceNote:
        source = find_record(Citation, "source", fields.pop("source"))
        fields["passage"] = Passage.objects.quote(source, fields.pop("words"), fields.pop("line", None))
    return fields


def verbatim(file, sha256):
    """The text of a file under `fixtures/`, refused unless it is byte for byte the one that was checked in."""
    try:
        content = (settings.FIXTURES_DIR / file).read_bytes()
    except OSError as error:
        raise SeedError(
            _("fixtures/%(file)s cannot be read: restore it with “git checkout fixtures”.") % {"file": file}
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SeedError(
            _(
                "fixtures/%(file)s is not the text it was when it was taken in: restore it with “git checkout fixtures”."
            )
            % {"file": file}
        )
    return content.decode()


def find_record(model, name, value):
    """The value of a field; a related record is named by its slug or reference."""
    field = model._meta.get_field(name)
    related = field.related_model
    if related is None:
        return field.to_python(value)
    if not isinstance(value, str):
        return value
    key = int(value.removeprefix("E")) if related is Claim else value
    record = related.objects.filter(**{related.natural_key_fields[0]: key}).first()
    if record is None:
        raise NamedRecordMissing(related, (key,), value)
    return record


def editable_fields(model):
    """The fields that a fixture decides; who looks after a text, and until when, is the staff's."""
    staffs = {field.name for field in Upkeep._meta.fields} if issubclass(model, Upkeep) else set()
    return [
        field.name
        for field in model._meta.fields
        if field.editable and not field.primary_key and field.name not in staffs
    ]


def empty(model, name):
    return model._meta.get_field(name).get_default()


def key_of(known):
    return tuple(getattr(value, "pk", value) for value in known.values())


def values_of(part):
    """A figure's or citation's own values, without its place in the tables."""
    apart = ("id", "claim", "edition", "content_type", "object_id")
    return {
        field.name: field.to_python(getattr(part, field.attname))
        for field in part._meta.fields
        if field.name not in apart
    }


def title_of(entry):
    names = [
        entry.get(name)
        for name in (
            "reference",
            "slug",
            "organisation",
            "kind",
            "role",
            "with_whom",
            "region",
            "words",
            "first",
            "second",
            "rule",
        )
    ]
    return " ".join(str(name) for name in names if name)
