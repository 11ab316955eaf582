"""Reads the entries of `fixtures/*.json`, and finds the records that they name."""

import hashlib
import json

from django.conf import settings
from django.utils.translation import gettext as _

from impact.models import Claim, Indicator
from organisation.models import Citation, Milestone, Passage, Source, SourceNote, Statement

from . import SeedError

# What an entry holds of other records; each is loaded after the record itself.
PARTS = ("citations", "figures", "claims", "folds", "absences")
TITLE_FIELDS = (
    "reference",
    "vocabulary",
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


class NamedRecordMissing(SeedError):
    """Reports a record that a fixture names and that is not there.

    It is a slip in the fixture, unless an editor deleted the record.
    """

    def __init__(self, model, key, name):
        self.model, self.key = model, key
        super().__init__(
            _("there is no %(kind)s “%(name)s”: correct the name.")
            % {"kind": model._meta.verbose_name, "name": name}
        )


def read_fixture(name, folder=None):
    path = (folder or settings.FIXTURES_DIR) / f"{name}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SeedError(
            _("%(path)s cannot be read (%(error)s): restore the file.") % {"path": path, "error": error}
        ) from error


def field_values(model, entry):
    """Returns an entry's values for the model's own fields.

    A source's text is read from its file; the quotation of a source note becomes a passage.
    """
    values = {name: value for name, value in entry.items() if name not in PARTS}
    if model in (Claim, Indicator):
        values["number"] = number_in(model, values.pop("reference"))
    if model is Source and "file" in values:
        values["text"] = verbatim_text(values.pop("file"), values.pop("sha256"))
    if model is SourceNote:
        source = find_record(Citation, "source", values.pop("source"))
        values["passage"] = Passage.objects.quote(source, values.pop("words"), values.pop("line", None))
    return {name: find_record(model, name, value) for name, value in values.items()}


def number_in(model, reference):
    return int(reference.removeprefix(model.reference_letter))


def verbatim_text(file, sha256):
    """Returns the text of a file below `fixtures/`; SeedError unless it has this checksum."""
    try:
        content = (settings.FIXTURES_DIR / file).read_bytes()
    except OSError as error:
        raise SeedError(
            _("fixtures/%(file)s cannot be read: restore it with “git checkout fixtures”.") % {"file": file}
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SeedError(
            _(
                "fixtures/%(file)s is not the text it was when it was taken in: "
                "restore it with “git checkout fixtures”."
            )
            % {"file": file}
        )
    return content.decode()


def find_record(model, name, value):
    """Returns the value of a field; a related record is named by its slug or reference."""
    field = model._meta.get_field(name)
    related = field.related_model
    if related is None:
        return field.to_python(value)
    if not isinstance(value, str):
        return value
    if related in (Statement, Milestone):
        # Their slugs are unique within an organisation only: “organisation/slug”.
        key = tuple(value.split("/"))
        found = related.objects.filter(organisation__slug=key[0], slug=key[-1])
    else:
        key = (number_in(related, value) if related in (Claim, Indicator) else value,)
        found = related.objects.filter(**{related.natural_key_fields[0]: key[0]})
    record = found.first()
    if record is None:
        raise NamedRecordMissing(related, key, value)
    return record


def entry_title(entry):
    return " ".join(str(entry[name]) for name in TITLE_FIELDS if entry.get(name))


def error_in_entry(name, entry, message):
    """Returns a SeedError that names the file and the entry."""
    return SeedError(
        _("fixtures/%(file)s.json, %(entry)s: %(told)s Nothing was changed.")
        % {"file": name, "entry": entry_title(entry), "told": message}
    )
