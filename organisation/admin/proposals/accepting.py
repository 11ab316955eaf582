"""Turns an accepted proposal into the save that was proposed."""

from contextlib import contextmanager

from cms.utils.permissions import get_current_user, set_current_user
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import resolve
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from ...models import Mend, Proposal, Source, SourceNote, site_settings
from ...visibility_lock import lock_visibility
from .proposing import OPENED, request_to
from .row_changes import comparable, recorded_rows


def accept(proposal, by, request):
    """Sends the form of a proposal again, as its author, and keeps it if it does what it did when tried.

    Raises ValidationError, with nothing changed, where the record was changed meanwhile, where somebody else
    has decided, and where the author's account may not do it any more.
    """
    with transaction.atomic():
        lock_visibility()
        # First, as whoever sends its form again does: in another order each would wait for the other.
        proposal.lock_subject()
        accepted = proposal.decide(Proposal.State.ACCEPTED, by)
        author = accepted.author
        if not accepted.is_authors_account_active:
            raise ValidationError(
                _("The account of %(who)s is not active any more: nobody can accept what it proposed."),
                code="author",
                params={"who": accepted.author_name},
            )
        check_others_words(accepted, by)
        # In the language of the form, in which the texts of its changes are.
        language = translation.get_language_from_path(accepted.path) or settings.LANGUAGE_CODE
        with translation.override(language), recorded_rows(accepted.changes) as recorder:
            sent = send_again(accepted, author, request)
            changes = [change.as_json() for change in recorder.changes()]
        proposed = [recorder.as_seen_by_now(each) for each in accepted.changes if not recorder.is_done(each)]
        if comparable(changes) != comparable(proposed):
            raise ValidationError(why_not(sent), code="changed")
    return accepted


def check_others_words(proposal, by):
    """Raises ValidationError where nobody else has looked at what becomes public with a proposal.

    Somebody may change a document that no visitor sees by themselves, between the moment at which a form is
    opened that cites it and the moment at which it is sent.
    """
    opened_at = opened(proposal.form)
    if opened_at is None or site_settings().one_person_alone:
        return
    for row in proposal.changes:
        if becomes_public(row) and changed_by(by, row, opened_at):
            raise ValidationError(
                _(
                    "You have changed “%(title)s”, which becomes public with it, after %(who)s opened "
                    "the form: let %(who)s look at it and propose this anew."
                ),
                code="unseen",
                params={"title": row["title"], "who": proposal.author_name},
            )


def becomes_public(row):
    """True for a row of which readers see nothing yet: one beside, or one that is saved itself."""
    seen = [field["old"] for field in row["fields"] if not field["is_private"]]
    return row["action"] == "published" or (row["action"] == "changed" and bool(seen) and not any(seen))


def opened(form):
    """Returns when a form was opened, as it was sent with it; None where it does not say so."""
    try:
        at = parse_datetime(QueryDict(form).get(OPENED, ""))
    except ValueError:
        return None
    return at if at and is_aware(at) else None


def changed_by(user, row, since):
    """True if somebody has changed a row since, the notes and mends of a document included."""
    model = apps.get_model(row["model"])
    histories = [model.history.filter(id=row["pk"])] if hasattr(model, "history") else []
    if row["model"] == Source._meta.label_lower:
        histories += [model.history.filter(passage__source=row["pk"]) for model in (Mend, SourceNote)]
    return any(each.filter(history_user=user, history_date__gte=since).exists() for each in histories)


def send_again(proposal, author, request):
    """Sends the kept form to the view that it was sent to; returns the request that did so."""
    path, _sign, query = proposal.path.partition("?")
    # Django has checked the token of the form that accepts it, and the copy counts as checked.
    again = request_to(request, path, query, proposal.form)
    again.user, again.accepted_proposal = author, proposal
    with acting_as(author, again):
        view, args, kwargs = again.resolver_match = resolve(path)
        # What the save says is said to nobody: whoever accepts gets a message of their own.
        MessageMiddleware(view).process_request(again)
        try:
            again.response = view(again, *args, **kwargs)
        except (PermissionDenied, Http404):
            again.response = None
    return again


@contextmanager
def acting_as(author, request):
    """Lets the history, the CMS and the log of the admin name the author."""
    before, decider = getattr(HistoricalRecords.context, "request", None), get_current_user()
    HistoricalRecords.context.request = request
    set_current_user(author)
    try:
        yield
    finally:
        HistoricalRecords.context.request = before
        set_current_user(decider)


def why_not(sent):
    """Returns the sentence that says why a form that was sent again did not do what it did before."""
    conflict = getattr(sent, "edit_conflict", None)
    if conflict:
        return conflict.message
    if sent.response is None:
        return _("It is gone, or its author may not change it any more: return this, or propose it yourself.")
    # A page that is no form of a record, such as that of an undo or of a table, has said it itself.
    if refusals := [str(each) for each in messages.get_messages(sent) if each.level == messages.ERROR]:
        return " ".join(refusals)
    return _("It would change something else now: return it, or propose it anew from the record's form.")
