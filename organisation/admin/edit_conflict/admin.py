import json
import re
from contextlib import nullcontext
from copy import copy

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from ...models import Proposal
from .comparison import differences
from .conflict import EditConflict, conflict_message, proposal_message
from .fields import PROPOSAL, fingerprint, without_proposal
from .history import deleted_record, last_change, newest_row
from .submission import SEEN, Submission


class EditConflictAdmin(admin.ModelAdmin):
    """Refuses a save over changes that its user has not seen; submitted once more, it is saved."""

    class Media:
        css = {"all": ["css/admin/record_form.css"]}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "GET" and object_id:
            request = self.with_open_proposal(request, object_id)
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # The check and the save share one transaction: the row lock holds off whoever saves meanwhile.
        with transaction.atomic():
            self.check_for_conflict(request, object_id, self.build_form_and_formsets)
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if hasattr(request, "shown_proposal"):
                # What is only opened is never saved: whoever sent the form has written all that it says.
                transaction.set_rollback(True)
            return response

    def with_open_proposal(self, request, object_id):
        """Returns the request as if it had sent the form of the open proposal about the record, if any.

        That form is stale, so it is refused: whoever opens the record finds in it what is proposed, with a
        table of what differs from the record.
        """
        record = self.get_object(request, unquote(object_id))
        proposal = record and Proposal.objects.open().about(record).sent_to(request.path).first()
        if not proposal or not self.has_change_permission(request, record):
            return request
        proposed = copy(request)
        proposed.method, proposed._files = "POST", MultiValueDict()
        proposed.POST = form_as_taken(
            proposal, record, self.formsets_with_deletion(request, record, proposal)
        )
        # Refused whatever it says that it has shown, and even if somebody decides on it meanwhile.
        proposed.shown_proposal = proposal
        return proposed

    def formsets_with_deletion(self, request, record, proposal):
        """Returns the prefixes of the formsets in which the author of a proposal may delete rows."""
        if proposal.author is None:
            return set()
        as_author = copy(request)
        as_author.user = proposal.author
        formsets, _inlines = self._create_formsets(as_author, record, change=True)
        return {formset.prefix for formset in formsets if formset.can_delete}

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Checks before an earlier version is restored: the present one may have changed as well."""
        with transaction.atomic() if request.method == "POST" else nullcontext():
            self.check_for_conflict(
                request, object_id, lambda *args: (self.build_form(*args), []), allow_deleted=True
            )
            return super().history_form_view(
                request, object_id, version_id, (extra_context or {}) | conflict_context(request)
            )

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST" and self.list_editable and "_save" in request.POST:
            with transaction.atomic():
                self.check_list_for_conflict(request)
                response = super().changelist_view(request, extra_context)
        else:
            response = super().changelist_view(request, extra_context)
        # A redirect after a save has no context.
        context = getattr(response, "context_data", {})
        if formset := getattr(context.get("cl"), "formset", None):
            context.update(conflict_context(request, None, [formset]))
        return response

    def get_object(self, request, object_id, from_field=None):
        """Returns a deleted record as it was, so that its form is shown again with what was typed."""
        conflict = getattr(request, "edit_conflict", None)
        return conflict and conflict.deleted or super().get_object(request, object_id, from_field)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return refusing(request, RefusedForm, super().get_form(request, obj, change=change, **kwargs))

    def get_changelist_formset(self, request, **kwargs):
        return refusing(request, RefusedFormSet, super().get_changelist_formset(request, **kwargs))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            formsets = [
                inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission
            ]
            context |= conflict_context(request, context["adminform"].form, formsets)
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def build_form(self, request, record):
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        return self.get_form(request, record, change=True, fields=fields)(instance=record)

    def build_form_and_formsets(self, request, record):
        """Returns the form and formsets as they would be shown now, without the read-only formsets."""
        get_request = copy(request)
        get_request.method = "GET"  # else the formsets would be bound to what was typed
        formsets = zip(*self._create_formsets(get_request, record, change=True), strict=True)
        return self.build_form(request, record), [
            formset for formset, inline in formsets if inline.has_change_permission(request, record)
        ]

    def check_for_conflict(self, request, object_id, build, allow_deleted=False):
        """Locks the record until the transaction ends, and refuses the save if the form showed another state.

        `build` returns the form and the formsets of (request, record).
        """
        record, deleted = self.get_object(request, unquote(object_id)), None
        if record and request.method == "POST":
            record = self.get_queryset(request).select_for_update(of=("self",)).filter(pk=record.pk).first()
        if not record:
            record = deleted = deleted_record(self.model, unquote(object_id))
        if not record or not self.has_change_permission(request, record):
            return
        form, formsets = build(request, record)
        shown = getattr(request, "shown_proposal", None)
        open_ones = Proposal.objects.open().about(record).sent_to(request.path)
        proposal = None if deleted else shown or open_ones.first()
        request.stored_fingerprint = None if deleted else fingerprint(form, formsets, proposal)
        if request.method != "POST":
            return
        submitted, stored = Submission(request.POST).fingerprint, request.stored_fingerprint
        if getattr(request, "accepted_proposal", None):
            # The proposal itself, and the one that it replaced, do not stand in its own way.
            submitted, stored = without_proposal(submitted), without_proposal(stored)
        if shown or submitted != stored or deleted and not allow_deleted:
            last, deleted = last_change(record, formsets), None if allow_deleted else deleted
            if proposal and not shown and (submitted or {}).get(PROPOSAL) == stored[PROPOSAL]:
                proposal = None  # the form has shown it
            self.refuse(request, form, formsets, last, deleted, proposal)

    def check_list_for_conflict(self, request):
        """Does the same for the editable columns of a list."""
        submission, formset_class = Submission(request.POST), self.get_changelist_formset(request)
        empty = formset_class(queryset=self.model.objects.none())
        pks = [pk for pk in submission.numbers_by_pk(empty) if pk.isdecimal()]
        # list() runs the query, which takes the locks, in one order for everybody: no deadlock.
        list(self.model.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
        formset = formset_class(queryset=self.get_changelist_instance(request).result_list)
        request.stored_fingerprint = fingerprint(None, [formset])
        # A row that was added since cannot be overwritten by this form.
        submitted_rows = {
            key: value for key, value in request.stored_fingerprint.items() if key.split()[1] in pks
        }
        if submission.fingerprint != submitted_rows:
            last = newest_row([self.model.history.filter(id__in=pks)])
            self.refuse(request, None, [formset], last)

    def refuse(self, request, form, formsets, last, deleted=None, proposal=None):
        """Stores the conflict on the request, for the forms' error and the template's table."""
        submission = Submission(request.POST)
        message = (
            proposal_message(proposal, hasattr(request, "shown_proposal"))
            if proposal
            else conflict_message(request.user, last, submission.fingerprint, deleted)
        )
        request.edit_conflict = EditConflict(
            message,
            differences(form, formsets, submission, bool(proposal)),
            deleted,
            proposal,
            hasattr(request, "shown_proposal"),
        )
        request.POST = submission.merged_with_stored(formsets)


def form_as_taken(proposal, record, with_deletion):
    """Returns the form of a proposal without what its save has ignored, such as rows behind the last one.

    What its author may not propose stands in it as it is stored. Whoever sends a form chooses what it holds,
    and a publisher who opens it would propose that as their own. `with_deletion` are the prefixes of the
    formsets in which the author may delete rows.
    """
    form = QueryDict(proposal.form, mutable=True)
    leave_out_ignored_rows(form, with_deletion)
    if not proposal.author or not proposal.author.has_perm("organisation.accept_proposal"):
        for name in getattr(record, "fields_of_publishers", ()):
            form.pop(name, None)
            if stored := getattr(record, name):
                form[name] = stored
    return form


def leave_out_ignored_rows(form, with_deletion):
    """Leaves out of formsets what Django does not read: rows behind their total, the keys of new rows.

    A deletion is read of who may delete.
    """
    ending = f"-{TOTAL_FORM_COUNT}"
    for prefix in [name.removesuffix(ending) for name in form if name.endswith(ending)]:
        total, stored = (
            as_number(form.get(f"{prefix}-{name}")) for name in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT)
        )
        for name in list(form):
            if not (row := re.match(rf"{re.escape(prefix)}-(\d{{1,4}})-(.*)", name)):
                continue
            number, field = int(row[1]), row[2]
            is_key_of_new = number >= stored and field == "id"
            is_forbidden = field == DELETION_FIELD_NAME and prefix not in with_deletion
            is_read = number < total and row[1] == str(number)
            if not is_read or is_key_of_new or is_forbidden:
                del form[name]


def as_number(text):
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class RefusedForm:
    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            self.add_error(None, self.refusal)


class RefusedFormSet:
    def clean(self):
        raise ValidationError(self.refusal)


def refusing(request, mixin, form_class):
    """Returns the form class, with the mixin that refuses whatever it is sent if there is a conflict."""
    if not (conflict := getattr(request, "edit_conflict", None)):
        return form_class
    return type(form_class.__name__, (mixin, form_class), {"refusal": conflict.message})


def conflict_context(request, form=None, formsets=()):
    """Returns the template's fingerprint of what the form shows, and the conflict if there is one."""
    if hasattr(request, "stored_fingerprint"):
        shown = request.stored_fingerprint
    else:
        shown = fingerprint(form, formsets)
    return {SEEN: json.dumps(shown), "edit_conflict": getattr(request, "edit_conflict", None)}
