"""Uploads a document, reviews its suggestions beside the text, and puts accepted ones on record."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.admin.proposals import about, open_proposals, proposes
from organisation.models import Organisation, Source
from organisation.models.source import checksum
from portal.models import Decision, DocumentImport

from .forms import DocumentForm, SuggestionForm
from .notices import notice_sentences
from .publication import propose_kind
from .record import create_record, model_for, record_kind_label
from .review import find_similar_claims, kind_names, review_blocks
from .suggestions import CLAIM

BLOCKS_PER_PAGE = 40
READ_PERMISSIONS = ("organisation.view_source", "impact.view_claim")
DECIDE_PERMISSIONS = ("organisation.change_source", "impact.add_claim")
Verdict = Decision.Verdict


def render_page(request, template, title, **context):
    return render(
        request,
        f"admin/document_import/{template}.html",
        admin.site.each_context(request) | {"title": title} | context,
    )


def require_permissions(request, *permissions):
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def new_document(request):
    require_permissions(request, "organisation.add_source")
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        is_valid = form.is_valid()
        # A known text leads to its source even if the other fields are not filled in.
        if form.document and (source := source_with_text(form.document.text)):
            return redirect_to_existing(request, source)
        if is_valid:
            return import_document(request, form)
    return render_page(request, "new_document", _("Bring in a document"), form=form)


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
    return redirect("admin:reading", source.pk)


def review_document(request, pk):
    """Shows the text of a source with its suggestions, and takes the decision on one of them."""
    require_permissions(request, *READ_PERMISSIONS)
    source = get_object_or_404(Source.objects.select_related("author", "document_import"), pk=pk)
    blocks = review_blocks(source)
    invalid_form = None
    if request.method == "POST":
        require_permissions(request, *DECIDE_PERMISSIONS)
        items_by_key = {item.suggestion.key: item for block in blocks for item in block.items}
        item = items_by_key.get(request.POST.get("key", ""))
        if item is None:
            messages.error(request, _("There is no such suggestion any more: nothing was changed."))
            return redirect(request.get_full_path())
        invalid_form = decide(request, source, item)
        if invalid_form is None:
            return redirect(f"{request.get_full_path()}#{next_open_key(blocks, item)}")
    return render_page(
        request,
        "review",
        _("Read: %(source)s") % {"source": source},
        source=source,
        open_proposals=open_proposals(source),
        notices=notice_sentences(source.document_import.notices)
        if hasattr(source, "document_import")
        else [],
        **review_context(request, source, blocks, invalid_form),
    )


def review_context(request, source, blocks, invalid_form):
    """Returns one page of the blocks, filtered by the query parameter `show`, with the counts of all."""
    items = [item for block in blocks for item in block.items]
    open_count = sum(item.is_open for item in items)
    filters = [("", _("Everything"), len(items)), ("open", _("Not decided"), open_count)]
    filters += [
        (kind, name, count)
        for kind, name in kind_names().items()
        if (count := sum(item.kind == kind for item in items))
    ]
    shown_filter = next((value for value, _name, _count in filters if value == request.GET.get("show")), "")
    if shown_filter:
        for block in blocks:
            block.items = [
                item
                for item in block.items
                if item.kind == shown_filter or shown_filter == "open" and item.is_open
            ]
        blocks = [block for block in blocks if block.items]
    page_number = page_of_form(blocks, invalid_form) or request.GET.get("page")
    page = Paginator(blocks, BLOCKS_PER_PAGE).get_page(page_number)
    shown_items = [item for block in page for item in block.items]
    find_similar_claims(shown_items, source.author)
    choices = organisation_choices(source)
    for item in shown_items:
        if item.is_open:
            item.form = (
                invalid_form
                if invalid_form and invalid_form.suggestion.key == item.suggestion.key
                else SuggestionForm(item.suggestion, source, request.user, choices)
            )
    return {
        "page": page,
        "filters": filters,
        "shown_filter": shown_filter,
        "pending_count": sum(bool(item.decision and item.decision.is_pending) for item in items),
        "invalid_form": invalid_form,
        "open_count": open_count,
        "may_decide": request.user.has_perms(DECIDE_PERMISSIONS),
    }


def page_of_form(blocks, form):
    """Returns the number of the page with the suggestion of a form; None without a form."""
    if form:
        for index, block in enumerate(blocks):
            if any(item.suggestion.key == form.suggestion.key for item in block.items):
                return index // BLOCKS_PER_PAGE + 1
    return None


def organisation_choices(source):
    """Returns the organisations whose words a text may hold: those with a profile, and the author."""
    names = {organisation.pk: str(organisation) for organisation in Organisation.objects.profiled()}
    if source.author:
        names.setdefault(source.author_id, str(source.author))
    return [("", "–"), *names.items()]


def next_open_key(blocks, decided):
    """Returns the key of the next open suggestion, or of the decided one if none follows."""
    keys = [
        item.suggestion.key for block in blocks for item in block.items if item.is_open or item is decided
    ]
    index = keys.index(decided.suggestion.key) if decided.suggestion.key in keys else -1
    return keys[index + 1] if index + 1 < len(keys) else decided.suggestion.key


def decide(request, source, item):
    """Accepts or refuses a suggestion or takes its decision back; returns the form if it is not valid."""
    suggestion, action = item.suggestion, request.POST.get("do")
    if action == "take back":
        take_back_decision(request, item)
        return None
    if item.records and not item.decision:
        messages.warning(request, _("These words are on record meanwhile: nothing was changed."))
        return None
    values = {}
    if action != "refuse":
        form = SuggestionForm(suggestion, source, request.user, organisation_choices(source), request.POST)
        if not form.is_valid():
            return form
        values = form.values()
    with transaction.atomic():
        # The unique constraint decides between two people at once: the second gets the decision of the first.
        decision, is_first = Decision.objects.select_for_update().get_or_create(
            source=source,
            kind=suggestion.kind,
            start=suggestion.start,
            end=suggestion.end,
            defaults={
                "verdict": Verdict.REFUSED if action == "refuse" else Verdict.ACCEPTED,
                "values": values,
                "by": request.user,
            },
        )
        if not is_first:
            messages.warning(
                request,
                _("%(who)s came first: “%(words)s” is %(verdict)s already, and nothing was changed.")
                % {
                    "who": decision.who,
                    "verdict": decision.get_verdict_display(),
                    "words": item.words[:60],
                },
            )
        elif values.get("becomes") == CLAIM:
            claim = decision.record = create_record(values, source, request.user)
            decision.save()
            messages.success(
                request,
                _("%(reference)s is a draft now, resting on these words.") % {"reference": claim.reference},
            )
    return None


@transaction.atomic
def take_back_decision(request, item):
    """Deletes a decision that has made no record yet, so that the suggestion is open again."""
    decision = (
        Decision.objects.select_for_update(of=("self",)).filter(pk=item.decision.pk).first()
        if item.decision
        else None
    )
    if decision and decision.record is None:
        decision.delete()
    elif decision:
        messages.error(request, _("It is on record already: change it there."))


@proposes
def pending_records(request, pk):
    """Shows the accepted suggestions that are not on record yet; once confirmed, puts them on record."""
    require_permissions(request, *READ_PERMISSIONS)
    source = get_object_or_404(Source.objects.select_related("author"), pk=pk)
    about(request, source)
    pending = [decision for decision in source.decisions.select_related("by") if decision.is_pending]
    for decision in pending:
        decision.kind_label = record_kind_label(decision.values["becomes"])
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
