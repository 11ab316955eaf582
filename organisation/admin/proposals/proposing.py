"""Turns a save that visitors would see into a proposal, and shows on each form what is proposed already."""

from contextlib import suppress
from copy import copy
from dataclasses import asdict
from functools import partial, wraps

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from ...models import Proposal, site_settings
from ...usage import pages_showing
from ...visibility_lock import lock_visibility
from ..edit_conflict import EditConflictAdmin
from ..edit_conflict.submission import SEEN
from .open_proposals import open_proposals
from .row_changes import recorded_rows
from .takedown import take_down, takes_down, unseen_blocks

NOTE = "_note"
# The hidden field in which a form says when it was opened.
OPENED = "_opened"


def propose_or_save(request, view, record=None):
    """Calls a view that saves. What visitors would see of it is rolled back and becomes a proposal."""
    response, proposal = save_or_proposal(request, view, record)
    if proposal is None:
        return response
    messages.success(request, proposed_sentence(request.user, proposal))
    if IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET:
        # The form behind the window waits for a record, and there is none to give it.
        # It is told here, by which the window of the CMS over a page knows that it may close.
        context = {"proposal": proposal, "title": proposal.title, "is_popup": True}
        return render(request, "admin/organisation/proposal/popup.html", context)
    return redirect(proposal)


def proposed_sentence(user, proposal):
    title = {"title": proposal.title, "who": proposal.author_name}
    if proposal.author_id != user.pk:
        return _("%(who)s has proposed this already, and it waits for a decision: “%(title)s”.") % title
    return _("“%(title)s” is proposed. Readers see it once somebody else has accepted it.") % title


def save_or_proposal(request, view, record=None):
    """Returns (response of the view, None) if the save holds, else (None, proposal).

    `record` is the one whose form it is; a view that finds out later what it is about says so with `about`.
    Saves that no visitor sees, and those of a site that one person looks after alone, stay as they are.
    """
    if site_settings().one_person_alone or getattr(request, "accepted_proposal", None):
        return view(), None
    check_spelling(request.path_info)
    # Of two people at once the second waits here, and is then told what the first has proposed.
    with transaction.atomic():
        lock_visibility()
        if record:
            type(record)._base_manager.select_for_update().filter(pk=record.pk).first()
        if same := same_proposal(request):
            return None, same
        with transaction.atomic(), recorded_rows() as recorder:
            response = view()
            changes = recorder.changes()
            if not changes:
                recorder.note_unseen()
                return response, None
            pages = pages_showing(recorder.rows())
            transaction.set_rollback(True)
        discard_messages(request)
        pages += pages_showing(recorder.rows())  # what is deleted by it stands on pages now
        subject = record or getattr(request, "proposal_subject", None)
        return None, waiting_proposal(request, subject) or make_proposal(request, changes, pages, subject)


def about(request, subject):
    """Says from within a view what its save is about: a record, or the name of a table."""
    request.proposal_subject = subject


def proposes(view):
    """Decorates a view of the admin whose POST saves what visitors see."""

    @wraps(view)
    def proposing_view(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        return propose_or_save(request, partial(view, request, *args, **kwargs))

    return proposing_view


class ProposingAdmin(EditConflictAdmin):
    """Makes proposals of what is saved, deleted or brought back here, where visitors would see it.

    A later proposal replaces the earlier one of the same form, so that every such form has the check for
    edit conflicts, which shows it first.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        return self.propose_or_save(request, view, object_id)

    @property
    def is_ever_public(self):
        """False for what is never public itself, such as claims, which have a review of their own."""
        return getattr(self.model, "is_public", True) is not False

    def changelist_view(self, request, extra_context=None):
        view = partial(super().changelist_view, request, extra_context)
        about(request, capfirst(self.opts.verbose_name_plural))
        return self.propose_or_save(request, view) if self.is_ever_public else view()

    def delete_view(self, request, object_id, extra_context=None):
        check_spelling(request.path_info)
        record = self.get_object(request, object_id) if self.is_ever_public and takes_down(request) else None
        # Of what nobody sees yet nothing is urgent: where something rests on it, that is a proposal.
        at_once = bool(record and getattr(record, "is_public", True))
        context = {"takes_down": at_once} | (extra_context or {})
        view = partial(super().delete_view, request, object_id, context)
        if at_once and request.method == "POST":
            return take_down(request, view, record)
        return self.propose_or_save(request, view, object_id)

    def rows_that_go_along(self, protected, request):
        return unseen_blocks(protected) if self.is_ever_public and takes_down(request) else []

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        record = self.get_object(request, object_id)
        # The stock view brings an earlier version back for whoever may look at it.
        if request.method == "POST" and not self.has_change_permission(request, record):
            raise PermissionDenied
        context = (extra_context or {}) | {
            "opened": opened_at(request),
            "open_proposals": open_proposals(record),
        }
        view = partial(super().history_form_view, request, object_id, version_id, context)
        return self.propose_or_save(request, view, object_id)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        shown = getattr(request, "shown_proposal", None)
        context |= {
            "proposes": self.is_ever_public and not site_settings().one_person_alone,
            "note": request.POST.get(NOTE, ""),
            "opened": opened_at(request),
            "open_proposals": open_proposals(obj if change else None, but=shown),
        }
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def render_delete_form(self, request, context):
        context["open_proposals"] = open_proposals(context["object"])
        return super().render_delete_form(request, context)

    def propose_or_save(self, request, view, object_id=None):
        check_spelling(request.path_info)
        if request.method != "POST":
            return view()
        record = self.get_object(request, object_id) if object_id else None
        return propose_or_save(request, view, record)


def opened_at(request):
    """Returns when the form was first opened that is shown; a proposal that it shows is opened now."""
    is_sent = request.method == "POST" and not hasattr(request, "shown_proposal")
    return (request.POST.get(OPENED) if is_sent else "") or timezone.now().isoformat()


def check_spelling(path):
    """Raises Http404 for an address that spells a number otherwise than the site does, such as 03 or +3.

    By its address a proposal is known to be one of the same form.
    """
    for part in path.split("/"):
        with suppress(ValueError):
            if str(int(unquote(part))) != part:
                raise Http404


def discard_messages(request):
    """Discards what the rolled back save has said about itself."""
    list(messages.get_messages(request))


def address_of(request):
    """Returns the address of a request with its query, if that is of a length that can be kept."""
    address = request.get_full_path()
    return address if len(address) <= Proposal._meta.get_field("path").max_length else request.path


def request_to(request, path, query="", form=""):
    """Returns the request as if it had sent a form, URL-encoded, to another address."""
    other = copy(request)
    other.method, other.path, other.path_info = "POST", path, path
    other.META = request.META | {"REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": query}
    other.GET, other.POST, other._files = QueryDict(query), QueryDict(form), MultiValueDict()
    return other


def sent_form(request):
    """Returns the form of a request, URL-encoded and without its token."""
    form = request.POST.copy()
    form.pop("csrfmiddlewaretoken", None)
    return form.urlencode()


def same_proposal(request):
    """Returns the proposal that waits since the same form was sent before, by a double click; None if new."""
    checksum = Proposal.checksum_of(sent_form(request))
    sent_before = Proposal.objects.waiting().filter(author=request.user, path=address_of(request))
    return sent_before.filter(form_sha256=checksum).first()


def waiting_proposal(request, subject):
    """Returns what waits since anybody sent the same form without fields, such as a deletion."""
    if SEEN in request.POST or not isinstance(subject, models.Model):
        return None
    return Proposal.objects.waiting().about(subject).sent_to(request.path).first()


def make_proposal(request, changes, pages, subject):
    """Stores the form of a request; open proposals of the same form about the same record are replaced."""
    about_record, form = {}, sent_form(request)
    if isinstance(subject, models.Model):
        about_record = {"content_type": ContentType.objects.get_for_model(subject), "object_id": subject.pk}
        # Locked, so that it is replaced in the state in which somebody else has left it meanwhile.
        earlier_ones = Proposal.objects.open().about(subject).sent_to(request.path)
        for earlier in earlier_ones.select_for_update(of=("self",)):
            earlier.decide(Proposal.State.REPLACED, request.user, expected=(earlier.state,))
    title = str(subject or next(change for change in changes if change.is_public).title)
    return Proposal.objects.create(
        **about_record,
        title=Truncator(title).chars(300),
        path=address_of(request),
        form=form,
        form_sha256=Proposal.checksum_of(form),
        changes=[change.as_json() for change in changes],
        pages=[asdict(page) for page in dict.fromkeys(pages)],
        note=request.POST.get(NOTE, "").replace("\x00", "")[:2000],
        author=request.user,
        author_name=request.user.get_full_name() or request.user.get_username(),
    )
