"""Turns a save that visitors would see into a proposal, and an accepted proposal into the save."""

from contextlib import contextmanager
from copy import copy
from functools import partial, wraps

from cms.utils.permissions import get_current_user, set_current_user
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.middleware import MessageMiddleware
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from ...models import Proposal
from .row_changes import recorded_rows
from .takedown import take_down, takes_down

NOTE = "_note"


def propose_or_save(request, view, record=None):
    """Calls a view that saves. What visitors would see of it is rolled back and becomes a proposal.

    `record` is the one whose form it is. Saves that no visitor sees, and those of a site that one person
    looks after alone, stay as they are.
    """
    if settings.PORTAL_SINGLE_EDITOR or getattr(request, "accepted_proposal", None):
        return view()
    # Of two people at once the second waits here, and is then told what the first has proposed.
    with transaction.atomic():
        if record:
            type(record)._base_manager.select_for_update().filter(pk=record.pk).first()
        proposal = same_proposal(request)
        if not proposal:
            with transaction.atomic(), recorded_rows() as recorder:
                response = view()
                changes = recorder.public_changes()
                if not changes:
                    return response
                transaction.set_rollback(True)
            discard_messages(request)
            proposal = make_proposal(request, changes, record)
    messages.success(
        request,
        _("“%(title)s” is proposed. Readers see it once somebody else has accepted it.")
        % {"title": proposal.title},
    )
    return redirect(proposal)


def proposes(view):
    """Decorates a view of the admin whose POST saves what visitors see."""

    @wraps(view)
    def proposing_view(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        return propose_or_save(request, partial(view, request, *args, **kwargs))

    return proposing_view


class ProposingAdmin(admin.ModelAdmin):
    """Makes proposals of what is saved, deleted or brought back here, where visitors would see it."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        return self.propose_or_save(request, view, object_id)

    @property
    def is_ever_public(self):
        """False for what is never public itself, such as claims, which have a review of their own."""
        return getattr(self.model, "is_public", True) is not False

    def changelist_view(self, request, extra_context=None):
        view = partial(super().changelist_view, request, extra_context)
        return self.propose_or_save(request, view) if self.is_ever_public else view()

    def delete_view(self, request, object_id, extra_context=None):
        at_once = self.is_ever_public and takes_down(request)
        context = {"takes_down": at_once} | (extra_context or {})
        view = partial(super().delete_view, request, object_id, context)
        record = self.get_object(request, object_id) if at_once and request.method == "POST" else None
        return take_down(request, view, record) if record else self.propose_or_save(request, view, object_id)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        view = partial(super().history_form_view, request, object_id, version_id, extra_context)
        return self.propose_or_save(request, view, object_id)

    def render_change_form(self, request, context, **kwargs):
        context["proposes"] = self.is_ever_public and not settings.PORTAL_SINGLE_EDITOR
        return super().render_change_form(request, context, **kwargs)

    def propose_or_save(self, request, view, object_id=None):
        if request.method != "POST":
            return view()
        record = self.get_object(request, object_id) if object_id else None
        return propose_or_save(request, view, record)


def discard_messages(request):
    """Discards what the rolled back save has said about itself."""
    list(messages.get_messages(request))


def address_of(request):
    """Returns the address of a request with its query, if that is of a length that can be kept."""
    address = request.get_full_path()
    return address if len(address) <= Proposal._meta.get_field("path").max_length else request.path


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


def make_proposal(request, changes, record):
    """Stores the form of a request; open proposals about the same record are replaced by it."""
    about, form = {}, sent_form(request)
    if record:
        about = {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}
        for earlier in Proposal.objects.open().about(record):
            earlier.decide(Proposal.State.REPLACED, request.user, expected=(earlier.state,))
    title = str(record) if record else changes[0].title
    return Proposal.objects.create(
        **about,
        title=Truncator(title).chars(300),
        path=address_of(request),
        form=form,
        form_sha256=Proposal.checksum_of(form),
        changes=[change.as_json() for change in changes],
        note=request.POST.get(NOTE, "").replace("\x00", "")[:2000],
        author=request.user,
        author_name=request.user.get_full_name() or request.user.get_username(),
    )


def accept(proposal, by, request):
    """Sends the form of a proposal again, as its author, and keeps it if it does what it did when tried.

    Raises ValidationError, with nothing changed, where the record was changed meanwhile, where somebody else
    has decided, and where the author's account may not do it any more.
    """
    with transaction.atomic():
        accepted = proposal.decide(Proposal.State.ACCEPTED, by)
        author = accepted.author
        if author is None or not author.is_active:
            raise ValidationError(
                _("The account of %(who)s is not active any more: nobody can accept what it proposed."),
                code="author",
                params={"who": accepted.author_name},
            )
        with recorded_rows() as recorder:
            sent = send_again(accepted, author, request)
            changes = [change.as_json() for change in recorder.public_changes()]
        if comparable(changes) != comparable(accepted.changes):
            raise ValidationError(why_not(sent), code="changed")
    return accepted


def send_again(proposal, author, request):
    """Sends the kept form to the view that it was sent to; returns the request that did so."""
    path, _sign, query = proposal.path.partition("?")
    # Django has checked the token of the form that accepts it, and the copy counts as checked.
    again = copy(request)
    again.method, again.user, again.accepted_proposal = "POST", author, proposal
    again.path = again.path_info = path
    again.META = request.META | {"REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": query}
    again.GET, again.POST, again._files = QueryDict(query), QueryDict(proposal.form), MultiValueDict()
    with acting_as(author, again, path):
        view, args, kwargs = again.resolver_match = resolve(path)
        # What the save says is said to nobody: whoever accepts gets a message of their own.
        MessageMiddleware(view).process_request(again)
        try:
            again.response = view(again, *args, **kwargs)
        except (PermissionDenied, Http404):
            again.response = None
    return again


@contextmanager
def acting_as(author, request, path):
    """Lets the history, the CMS and the log of the admin name the author, in the language of the form."""
    before, decider = getattr(HistoricalRecords.context, "request", None), get_current_user()
    HistoricalRecords.context.request = request
    set_current_user(author)
    try:
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            yield
    finally:
        HistoricalRecords.context.request = before
        set_current_user(decider)


def comparable(changes):
    """Returns changes without what differs each time the form is sent: the keys of added rows."""
    return [(each["model"], each["pk"], each["action"], each["fields"]) for each in changes]


def why_not(sent):
    """Returns the sentence that says why a form that was sent again did not do what it did before."""
    conflict = getattr(sent, "edit_conflict", None)
    if conflict:
        return conflict.message
    if sent.response is None:
        return _("It is gone, or its author may not change it any more: return this, or propose it yourself.")
    return _("It would change something else now: return it, or propose it anew from the record's form.")
