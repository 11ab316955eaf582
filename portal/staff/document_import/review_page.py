"""The page on which staff decide what becomes of the suggestions for a document, beside its words."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from organisation.admin.proposals import open_proposals
from organisation.models import Source

from ..few_at_once import few_at_once
from .classification import LIST_ID, classification_fields, subjects_on_record
from .decisions import decide, decide_all, has_question, organisation_choices
from .forms import SuggestionForm
from .notices import document_notices
from .page import DECIDE_PERMISSIONS, READ_PERMISSIONS, render_page, require_permissions
from .review import find_claims_for_evidence, find_similar_claims, kind_names, review_blocks
from .rules.ranking import MOST
from .rules.suggestion import CLAIM

BLOCKS_PER_PAGE = 40
ACCEPT_ALL, REFUSE_ALL = "accept all", "refuse all"


@few_at_once
def review_document(request, pk):
    """Shows the text of a source with its suggestions, and takes decisions on one or all of a kind."""
    require_permissions(request, *READ_PERMISSIONS)
    source = get_object_or_404(Source.objects.select_related("author", "document_import"), pk=pk)
    blocks = review_blocks(source)
    invalid_form = None
    if request.method == "POST":
        require_permissions(request, *DECIDE_PERMISSIONS)
        if request.POST.get("do") in (ACCEPT_ALL, REFUSE_ALL):
            return decide_on_all(request, source, blocks)
        items_by_key = {item.suggestion.key: item for block in blocks for item in block.items}
        item = items_by_key.get(request.POST.get("key", ""))
        if item is None:
            messages.error(request, _("There is no such suggestion any more: nothing was changed."))
            return redirect(request.get_full_path())
        find_claims_for_evidence([item], source.author)
        invalid_form = decide(request, source, item)
        if invalid_form is None:
            return redirect(f"{request.get_full_path()}#{next_open_key(blocks, item)}")
    return render_page(
        request,
        "review",
        _("Read: %(source)s") % {"source": source},
        source=source,
        open_proposals=open_proposals(source),
        notices=document_notices(source),
        **review_context(request, source, blocks, invalid_form),
    )


def review_context(request, source, blocks, invalid_form):
    """Returns one page of the blocks, filtered by the query parameter `show`, with the counts of all."""
    items = [item for block in blocks for item in block.items]
    filters = filters_for(items)
    shown_filter = chosen_filter(request, filters)
    if shown_filter:
        for block in blocks:
            block.items = [item for item in block.items if is_shown(item, shown_filter)]
        blocks = [block for block in blocks if block.items]
    open_shown = sum(item.is_open for block in blocks for item in block.items)
    page_number = page_of_form(blocks, invalid_form) or request.GET.get("page")
    page = Paginator(blocks, BLOCKS_PER_PAGE).get_page(page_number)
    shown_items = [item for block in page for item in block.items]
    find_similar_claims(shown_items, source.author)
    find_claims_for_evidence(shown_items, source.author)
    choices = organisation_choices(source)
    for item in shown_items:
        if item.is_open:
            item.form = (
                invalid_form
                if invalid_form and invalid_form.suggestion.key == item.suggestion.key
                else SuggestionForm(item.suggestion, source, request.user, choices, item.claims)
            )
    return {
        "page": page,
        "filters": filters,
        "shown_filter": shown_filter,
        "pending_count": sum(bool(item.decision and item.decision.is_pending) for item in items),
        "invalid_form": invalid_form,
        "open_count": sum(item.is_open for item in items),
        "unlikely_count": sum(item.is_open and not item.is_likely for item in items),
        "open_shown": open_shown,
        "may_decide": request.user.has_perms(DECIDE_PERMISSIONS),
        "subjects": subjects_on_record(),
        "list_id": LIST_ID,
        "has_claims": any(item.kind == CLAIM for item in shown_items),
    }


def filters_for(items):
    """Returns (value, name, count) of each filter that finds something; the first is the one at the start."""
    likely, is_open = sum(item.is_likely for item in items), sum(item.is_open for item in items)
    filters = [("", _("Everything"), len(items)), ("open", _("Not decided"), is_open)]
    if likely < len(items) > MOST:
        filters.insert(0, ("best", _("Worth deciding first"), likely))
    return filters + [
        (kind, name, count)
        for kind, name in kind_names().items()
        if (count := sum(item.kind == kind for item in items))
    ]


def chosen_filter(request, filters):
    values = [value for value, _name, _count in filters]
    return request.GET["show"] if request.GET.get("show") in values else values[0]


def is_shown(item, shown_filter):
    return (
        item.kind == shown_filter
        or shown_filter == "open"
        and item.is_open
        or shown_filter == "best"
        and item.is_likely
    )


def decide_on_all(request, source, blocks):
    """Decides on all open suggestions of a filter, once somebody has confirmed their number."""
    items = [item for block in blocks for item in block.items]
    shown_filter = chosen_filter(request, filters_for(items))
    items = [item for item in items if item.is_open and (not shown_filter or is_shown(item, shown_filter))]
    is_accepted = request.POST["do"] == ACCEPT_ALL
    if request.POST.get("number") == str(len(items)):
        find_claims_for_evidence(items, source.author)
        decide_all(request, source, items, is_accepted)
        return redirect(request.get_full_path())
    return render_page(
        request,
        "confirm",
        _("Accept all of these?") if is_accepted else _("Refuse all of these?"),
        source=source,
        items=items,
        action=request.POST["do"],
        is_accepted=is_accepted,
        left=sum(has_question(item.suggestion) for item in items) if is_accepted else 0,
        classification=classification_form(items) if is_accepted else None,
        subjects=subjects_on_record(),
        list_id=LIST_ID,
        back=request.get_full_path(),
    )


def classification_form(items):
    """Returns a form of what may be the same for all claims that are accepted; None without a claim."""
    form = Form(auto_id="id_%s")
    form.fields |= {name: field for name, field in classification_fields().items()}
    return form if any(item.kind == CLAIM for item in items) else None


def page_of_form(blocks, form):
    """Returns the number of the page with the suggestion of a form; None without a form."""
    if form:
        for index, block in enumerate(blocks):
            if any(item.suggestion.key == form.suggestion.key for item in block.items):
                return index // BLOCKS_PER_PAGE + 1
    return None


def next_open_key(blocks, decided):
    """Returns the key of the next open suggestion, or of the decided one if none follows."""
    keys = [
        item.suggestion.key for block in blocks for item in block.items if item.is_open or item is decided
    ]
    index = keys.index(decided.suggestion.key) if decided.suggestion.key in keys else -1
    return keys[index + 1] if index + 1 < len(keys) else decided.suggestion.key
