"""Takes a document in, and puts what was accepted of its suggestions on record."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.admin.proposals import about, open_proposals, opened_at, proposes
from organisation.models import Source
from organisation.models.source import checksum
from organisation.visibility_lock import lock_visibility
from portal.models import Decision, DocumentImport

from ..few_at_once import few_at_once
from .document_form import DocumentForm
from .page import DECIDE_PERMISSIONS, READ_PERMISSIONS, render_page, require_permissions
from .publication import propose_kind
from .record import create_record, model_for, organisation_of, record_kind_label

Verdict = Decision.Verdict


@few_at_once
def new_document(request):
    require_permissions(request, "organisation.add_source")
    form = DocumentForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST":
        is_valid = form.is_valid()
        # A known text leads to its source even if the other fields are not filled in.
        if form.document and (source := source_with_text(form.document.text)):
            return redirect_to_existing(request, source)
        if is_valid:
            return import_document(request, form)
        form.keep_document()
    return render_page(
        request, "new_document", _("Bring in a document"), form=form, opened=opened_at(request)
    )


def source_with_text(text):
    return Source.objects.filter(sha256=checksum(text)).first()


def redirect_to_existing(request, source):
    messages.warning(
        request,
        _("These very words are on record already, as “%(source)s”: nothing was stored a second time.")
        % {"source": source},
    )
    return redirect("admin:reading", source.pk)


def import_document(request, form):
    with transaction.atomic():
        lock_visibility()
        # A lock on the user's row makes the form idempotent: sent again, it waits and finds the source.
        get_user_model().objects.select_for_update().get(pk=request.user.pk)
        if existing := source_with_text(form.document.text):
            return redirect_to_existing(request, existing)
        kind, form.instance.kind = form.instance.kind, form.private_kind()
        source = form.save()
        DocumentImport.objects.create(
            source=source,
            file_name=form.cleaned_data["file"].name,
            parts=form.document.parts,
            notices=form.document.notices,
            brought_by=request.user,
        )
        if kind != source.kind:
            propose_kind(request, source, kind)
    messages.success(
        request,
        _("“%(source)s” is kept, word for word. Beside its words stands what they may hold for the record.")
        % {"source": source},
    )
    tell_of_cover(request, form.from_cover)
    return redirect("admin:reading", source.pk)


def tell_of_cover(request, facts):
    """Tells what was taken from the cover of a document, so that somebody compares it."""
    if facts.published and facts.byline:
        sentence = _("Its cover says that it was published %(date)s and signed by %(names)s: that is kept.")
    elif facts.published:
        sentence = _("Its cover says that it was published %(date)s: that is kept.")
    elif facts.byline:
        sentence = _("Its cover says that it was signed by %(names)s: that is kept.")
    else:
        return
    change = _("Change it in the form of the source if it is not so.")
    names = {"date": facts.published, "names": facts.byline}
    messages.info(request, f"{sentence % names} {change}")


@few_at_once
@proposes
def pending_records(request, pk):
    """Shows the accepted suggestions that are not on record yet; once confirmed, puts them on record."""
    require_permissions(request, *READ_PERMISSIONS)
    source = get_object_or_404(Source.objects.select_related("author"), pk=pk)
    about(request, source)
    pending = [decision for decision in source.decisions.select_related("by") if decision.is_pending]
    for decision in pending:
        decision.kind_label = record_kind_label(decision.values["becomes"])
        decision.organisation = organisation_of(decision.values)
        decision.words = [source.text[start:end] for start, end in decision.values["places"]]
    if request.method == "POST":
        models = {model_for(decision.values["becomes"]) for decision in pending}
        require_permissions(
            request,
            *DECIDE_PERMISSIONS,
            *{f"{model._meta.app_label}.add_{model._meta.model_name}" for model in models},
        )
        create_pending_records(request, source)
        return redirect("admin:reading", source.pk)
    return render_page(
        request,
        "pending",
        _("Put on record: %(source)s") % {"source": source},
        source=source,
        pending=pending,
        open_proposals=open_proposals(source),
        is_public=Source.objects.public().filter(pk=pk).exists(),
    )


def create_pending_records(request, source):
    """Saves every pending record that was shown, or none with a message about the one that is not valid."""
    # Only what was shown: somebody may have accepted more meanwhile. Longer keys overflow the column.
    shown_keys = [key for key in request.POST.getlist("decision") if key.isdecimal() and len(key) < 19]
    count = 0
    try:
        with transaction.atomic():
            for decision in source.decisions.select_for_update().filter(
                pk__in=shown_keys, verdict=Verdict.ACCEPTED, content_type=None
            ):
                decision.record = create_record(decision.values, source, request.user)
                decision.save()
                count += 1
    except ValidationError as error:
        messages.error(
            request,
            _("Nothing was put on record: “%(words)s” stands in the way. %(why)s")
            % {"words": source.text[decision.start : decision.end][:60], "why": " ".join(error.messages)},
        )
    else:
        message = ngettext(
            "%(count)d record is on record now.", "%(count)d records are on record now.", count
        )
        messages.success(request, message % {"count": count})
