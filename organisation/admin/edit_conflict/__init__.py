"""A save that somebody else has overtaken is refused with both texts shown: nothing is lost, and nobody is overwritten unknowingly."""

import hashlib
import json
import re
from contextlib import nullcontext
from copy import copy
from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

# The hidden field with which a form says what it showed.
SEEN = "seen"


class Difference(NamedTuple):
    """What somebody else has changed: the row, if it is of a row, the field, what is stored now, and what was typed."""

    part: str
    field: str
    stored: str
    typed: str


class EditConflict(NamedTuple):
    """Why a save is refused. `gone` is the record as it was before it was deleted."""

    sentence: str
    differences: list
    gone: models.Model | None


class EditConflictAdmin(admin.ModelAdmin):
    """Refuses to save a form over what its user has not seen; sent once more, knowing it, it is saved."""

    class Media:
        css = {"all": ["css/record_form.css"]}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            self.look_again(request, object_id, self.form_and_rows)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """An earlier version is brought back over the present one, which may have changed as well."""
        with transaction.atomic() if request.method == "POST" else nullcontext():
            self.look_again(request, object_id, lambda *args: (self.form_alone(*args), []), may_be_gone=True)
            return super().history_form_view(
                request, object_id, version_id, (extra_context or {}) | told(request)
            )

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST" and self.list_editable and "_save" in request.POST:
            with transaction.atomic():
                self.look_again_at_list(request)
                response = super().changelist_view(request, extra_context)
        else:
            response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", {})
        if formset := getattr(context.get("cl"), "formset", None):
            context.update(told(request, None, [formset]))
        return response

    def get_object(self, request, object_id, from_field=None):
        refused = getattr(request, "overtaken", None)
        return refused and refused.gone or super().get_object(request, object_id, from_field)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return refusing(request, RefusedForm, super().get_form(request, obj, change=change, **kwargs))

    def get_changelist_formset(self, request, **kwargs):
        return refusing(request, RefusedFormSet, super().get_changelist_formset(request, **kwargs))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            rows = [
                inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission
            ]
            context |= told(request, context["adminform"].form, rows)
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def form_alone(self, request, record):
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        return self.get_form(request, record, change=True, fields=fields)(instance=record)

    def form_and_rows(self, request, record):
        """What would be shown of it now, but for rows that can only be read: nobody overwrites them."""
        opening = copy(request)
        opening.method = "GET"
        formsets = zip(*self._create_formsets(opening, record, change=True))
        return self.form_alone(request, record), [
            rows for rows, inline in formsets if inline.has_change_permission(request, record)
        ]

    def look_again(self, request, object_id, forms_of, may_be_gone=False):
        """Hold the record until the transaction ends, and refuse the save if it is not what the form showed."""
        record, gone = self.get_object(request, unquote(object_id)), None
        if record and request.method == "POST":
            record = self.get_queryset(request).select_for_update(of=("self",)).filter(pk=record.pk).first()
        if not record:
            record = gone = as_it_was(self.model, unquote(object_id))
        if not record or not self.has_change_permission(request, record):
            return
        form, formsets = forms_of(request, record)
        request.seen = None if gone else fingerprint(form, formsets)
        if request.method == "POST" and (Sent(request.POST).seen != request.seen or gone and not may_be_gone):
            self.refuse(request, form, formsets, last_saved(record, formsets), None if may_be_gone else gone)

    def look_again_at_list(self, request):
        sent, rows = Sent(request.POST), self.get_changelist_formset(request)
        keys = [pk for pk in sent.rows(rows(queryset=self.model.objects.none())) if pk.isdecimal()]
        list(self.model.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
        formset = rows(queryset=self.get_changelist_instance(request).result_list)
        request.seen = fingerprint(None, [formset])
        # A row that was added since is nothing that this form could overwrite.
        if sent.seen != {key: value for key, value in request.seen.items() if key.split()[1] in keys}:
            self.refuse(request, None, [formset], newest([self.model.history.filter(id__in=keys)]))

    def refuse(self, request, form, formsets, last, gone=None):
        sent = Sent(request.POST)
        request.overtaken = EditConflict(
            sentence(request.user, last, sent.seen, gone), differences(form, formsets, sent), gone
        )
        request.POST = sent.beside_what_is_stored(formsets)


class RefusedForm:
    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            self.add_error(None, self.refusal)


class RefusedFormSet:
    def clean(self):
        raise ValidationError(self.refusal)


def refusing(request, kind, form_class):
    if not (refused := getattr(request, "overtaken", None)):
        return form_class
    return type(form_class.__name__, (kind, form_class), {"refusal": refused.sentence})


def told(request, form=None, formsets=()):
    """For the template: what the form shows, to be sent back with it, and what has overtaken it."""
    seen = request.seen if hasattr(request, "seen") else fingerprint(form, formsets)
    return {"seen": json.dumps(seen), "overtaken": getattr(request, "overtaken", None)}


class Sent:
    """What came back from a browser: what its form had shown, and the rows of its formsets by their keys."""

    def __init__(self, data):
        self.data = data

    @cached_property
    def seen(self):
        """The fingerprint that came with the form; None if none did."""
        try:
            seen = json.loads(self.data.get(SEEN, ""))
        except ValueError:
            return None
        return seen if isinstance(seen, dict) else None

    def numbered(self, formset):
        """The number of each row and its key, which a new row does not have yet."""
        start, key = re.escape(formset.prefix), formset.model._meta.pk.name
        numbers = {int(match[1]) for name in self.data if (match := re.match(rf"{start}-(\d{{1,4}})-", name))}
        return [(number, self.data.get(f"{formset.prefix}-{number}-{key}", "")) for number in sorted(numbers)]

    def rows(self, formset):
        return {pk: number for number, pk in self.numbered(formset) if pk}

    def typed(self, bound, name):
        return in_words(bound.field, bound.field.widget.value_from_datadict(self.data, {}, name))

    def line(self, formset, number):
        """What was typed into a row."""
        fields = [bound for bound in formset.empty_form if not bound.is_hidden and bound.name != "DELETE"]
        return ", ".join(
            filter(None, [self.typed(bound, f"{formset.prefix}-{number}-{bound.name}") for bound in fields])
        )

    def beside_what_is_stored(self, formsets):
        """The same data, its rows in the stored order: those added since stand among them, those deleted since are new."""
        data = self.data.copy()
        for formset in formsets:
            key, sent = formset.model._meta.pk.name, self.numbered(formset)
            numbers = {pk: number for number, pk in sent if pk}
            stored = [str(row.instance.pk) for row in formset.initial_forms]
            rows = [
                self.values(formset, numbers[pk]) if pk in numbers else values_of(row)
                for pk, row in zip(stored, formset.initial_forms)
            ]
            new = [self.values(formset, number) | {key: [""]} for number, pk in sent if pk not in stored]
            rows += [row for row in new if not any(row.get("DELETE", []))]
            for name in [name for name in data if re.match(rf"{re.escape(formset.prefix)}-\d+-", name)]:
                del data[name]
            for number, row in enumerate(rows):
                for name, values in row.items():
                    data.setlist(f"{formset.prefix}-{number}-{name}", values)
            data[f"{formset.prefix}-TOTAL_FORMS"], data[f"{formset.prefix}-INITIAL_FORMS"] = (
                len(rows),
                len(stored),
            )
        return data

    def values(self, formset, number):
        start = f"{formset.prefix}-{number}-"
        return {
            name.removeprefix(start): self.data.getlist(name) for name in self.data if name.startswith(start)
        }


def fields_shown(form, formsets):
    """Every field with the row it is of, under a name that holds whatever rows come and go around it."""
    fields = {bound.name: (None, None, bound) for bound in form or ()}
    for formset in formsets:
        for row in formset.initial_forms:
            fields |= {
                f"{formset.prefix} {row.instance.pk} {bound.name}": (formset, row.instance, bound)
                for bound in row
            }
    return fields


def fingerprint(form, formsets):
    """A short hash of every field that is shown, so that what has changed can be told field by field."""
    shown = {
        key: plain(bound.value()) for key, (_formset, _row, bound) in fields_shown(form, formsets).items()
    }
    return {key: hashlib.sha256(value.encode()).hexdigest()[:12] for key, value in shown.items()}


def plain(value):
    return (
        " ".join(sorted(map(str, value)))
        if isinstance(value, (list, tuple))
        else str("" if value is None else value)
    )


def differences(form, formsets, sent):
    """Each field that somebody else has changed, then each row that somebody else has added or deleted."""
    present, found = fingerprint(form, formsets), []
    for key, (formset, row, bound) in fields_shown(form, formsets).items():
        number = sent.rows(formset).get(str(row.pk)) if row else None
        if (row and number is None) or (sent.seen and sent.seen.get(key) == present[key]):
            continue
        typed = sent.typed(bound, f"{formset.prefix}-{number}-{bound.name}" if row else bound.html_name)
        stored = in_words(bound.field, bound.value())
        if sent.seen or typed != stored:
            found.append(Difference(str(row) if row else "", bound.label, stored, typed))
    for formset in formsets:
        kind, rows = formset.model._meta.verbose_name, sent.rows(formset)
        stored = {str(row.instance.pk): str(row.instance) for row in formset.initial_forms}
        found += [
            Difference(kind, "", words, _("not in your form"))
            for pk, words in stored.items()
            if pk not in rows
        ]
        found += [
            Difference(kind, "", _("deleted"), sent.line(formset, number))
            for pk, number in rows.items()
            if pk not in stored
        ]
    return found


def in_words(field, value):
    """The value of a field as a person reads it; what the field would refuse stays as it was typed."""
    try:
        value = field.clean(value)
    except ValidationError:
        pass
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(map(str, value))
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        value = dict(field.choices).get(value, value)
    return str("" if value is None else value)


def values_of(row):
    """A row as its form would send it; a box that is not ticked is not sent."""
    values = {bound.name: bound.value() for bound in row}
    return {
        name: ["" if value is None else value]
        for name, value in values.items()
        if name != "DELETE" and value is not False
    }


def as_it_was(model, pk):
    """A deleted record, from its history; None if it never was, or names what is deleted as well."""
    try:
        record = model.history.filter(id=pk).latest().instance
        str(record)
    except (AttributeError, ObjectDoesNotExist, ValueError):
        return None
    return record


def last_saved(record, formsets):
    """The newest row of history of the record and its parts."""
    parts = [
        formset.model.history.filter(**place_of(record, formset))
        for formset in formsets
        if hasattr(formset.model, "history")
    ]
    return newest(
        [type(record).history.filter(id=record.pk), *parts] if hasattr(record, "history") else parts
    )


def place_of(record, formset):
    if hasattr(formset, "fk"):
        return {formset.fk.attname: record.pk}
    return {
        formset.ct_field.name: ContentType.objects.get_for_model(record),
        formset.ct_fk_field.name: record.pk,
    }


def newest(histories):
    rows = [
        history.select_related("history_user").order_by("history_date", "history_id").last()
        for history in histories
    ]
    return max(filter(None, rows), key=lambda row: row.history_date, default=None)


def sentence(reader, last, seen, gone):
    """Who came first, when, and what that means for what was typed."""
    if seen is None and not gone:
        return _("This form does not say what it showed when it was opened: compare, then save once more.")
    if last is None:
        return _(
            "This was changed after you opened it: nothing of yours is saved yet. Compare, then save once more."
        )
    named = {
        "who": last.history_user
        and (last.history_user.get_full_name() or last.history_user.get_username())
        or _("A command"),
        "when": date_format(timezone.localtime(last.history_date), "j F Y, H:i"),
    }
    if gone:
        return (
            _(
                "%(who)s deleted this on %(when)s: it cannot be saved any more. What you typed stands below, to be copied into a new record."
            )
            % named
        )
    if last.history_user == reader:
        return (
            _(
                "You saved this yourself on %(when)s, in another window: nothing of this form is saved yet. Compare, then save once more."
            )
            % named
        )
    return (
        _(
            "%(who)s saved this on %(when)s, after you opened it: nothing of yours is saved yet. Compare, then save once more."
        )
        % named
    )
