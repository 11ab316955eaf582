"""The doors of the import: bringing a document in, reading it with the proposals beside it, and putting on record what was accepted."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import Organisation, Source
from organisation.models.source import checksum
from portal.models import Decision, DocumentImport

from .forms import DocumentForm, ProposalForm
from .record import called, model_of, put_on_record
from .review import look_for_alike, names, rows_of
from .suggestions import CLAIM

AT_ONCE = 40
READ, DECIDE = (
    ("organisation.view_source", "impact.view_claim"),
    ("organisation.change_source", "impact.add_claim"),
)
Verdict = Decision.Verdict


def show(request, template, title, **context):
    return render(
        request,
        f"admin/document_import/{template}.html",
        admin.site.each_context(request) | {"title": title} | context,
    )


def require(request, *permissions):
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def new_document(request):
    require(request, "organisation.add_source")
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form.is_valid()
        if form.document and (known := Source.objects.filter(sha256=checksum(form.document.text)).first()):
            return led_to_first(request, known)
        if form.is_valid():
            return brought_in(request, form)
    return show(request, "new_document", _("Bring in a document"), form=form)


def led_to_first(request, source):
    messages.warning(
        request,
        _("These very words are on record already, as “%(source)s”: nothing was stored a second time.")
        % {"source": source},
    )
    return redirect("admin:reading", source.pk)


def brought_in(request, form):
    with transaction.atomic():
        # Held until the document is stored, so that a form that is sent twice stores it once.
        get_user_model().objects.select_for_update().get(pk=request.user.pk)
        if known := Source.objects.filter(sha256=checksum(form.document.text)).first():
            return led_to_first(request, known)
        source = form.save()
        name = form.cleaned_data["file"].name
        DocumentImport.objects.create(
            source=source, file_name=name, parts=form.document.parts, brought_by=request.user
        )
    messages.success(
        request,
        _("“%(source)s” is kept, word for word. Beside its words stands what they may hold for the record.")
        % {"source": source},
    )
    for note in form.document.notes:
        messages.info(request, note)
    return redirect("admin:reading", source.pk)


def reading(request, pk):
    """The text of a source with the proposals beside it; each is accepted, changed or refused on the spot."""
    require(request, *READ)
    source = get_object_or_404(Source.objects.select_related("author", "document_import"), pk=pk)
    rows = rows_of(source)
    bound = None
    if request.method == "POST":
        require(request, *DECIDE)
        every = {each.proposal.key: each for row in rows for each in row.shown}
        each = every.get(request.POST.get("key", ""))
        if each is None:
            messages.error(request, _("There is no such proposal any more: nothing was changed."))
            return redirect(request.get_full_path())
        bound = decide(request, source, each)
        if bound is None:
            return redirect(f"{request.get_full_path()}#{next_open(rows, each)}")
    return show(
        request,
        "review",
        _("Read: %(source)s") % {"source": source},
        source=source,
        **contents(request, source, rows, bound),
    )


def contents(request, source, rows, bound):
    """What the page of a reading shows: one page of its rows, all or those that were asked for, and how many there are of each."""
    every = [each for row in rows for each in row.shown]
    kinds = [
        ("", _("Everything"), len(every)),
        ("open", _("Not decided"), sum(each.is_open for each in every)),
    ]
    kinds += [
        (kind, name, number)
        for kind, name in names().items()
        if (number := sum(each.kind == kind for each in every))
    ]
    asked = next((kind for kind, _name, _number in kinds if kind == request.GET.get("show")), "")
    if asked:
        for row in rows:
            row.shown = [each for each in row.shown if each.kind == asked or asked == "open" and each.is_open]
        rows = [row for row in rows if row.shown]
    page = Paginator(rows, AT_ONCE).get_page(place_of(rows, bound) or request.GET.get("page"))
    shown = [each for row in page for each in row.shown]
    look_for_alike(shown, source.author)
    choices = organisations_for(source)
    for each in shown:
        if each.is_open:
            each.form = (
                bound
                if bound and bound.proposal.key == each.proposal.key
                else ProposalForm(each.proposal, source, request.user, choices)
            )
    held = sum(bool(each.decision and each.decision.is_held) for each in every)
    may_decide = request.user.has_perms(DECIDE)
    return {
        "page": page,
        "kinds": kinds,
        "asked": asked,
        "held": held,
        "bound": bound,
        "left": kinds[1][2],
        "may_decide": may_decide,
    }


def place_of(rows, bound):
    """The page on which a form stands that has to be put right."""
    place = next(
        (
            place
            for place, row in enumerate(rows)
            for each in row.shown
            if bound and each.proposal.key == bound.proposal.key
        ),
        None,
    )
    return None if place is None else place // AT_ONCE + 1


def organisations_for(source):
    """Whose words they may be: organisations with a profile, and the author."""
    found = {each.pk: str(each) for each in Organisation.objects.profiled()}
    if source.author:
        found.setdefault(source.author_id, str(source.author))
    return [("", "–"), *found.items()]


def next_open(rows, decided):
    """Where to go on: at the next proposal that nobody has decided, or at the one that was."""
    keys = [each.proposal.key for row in rows for each in row.shown if each.is_open or each is decided]
    place = keys.index(decided.proposal.key) if decided.proposal.key in keys else -1
    return keys[place + 1] if place + 1 < len(keys) else decided.proposal.key


def decide(request, source, each):
    """Do what was asked with a proposal; the form, if it has to be put right first."""
    proposal, asked = each.proposal, request.POST.get("do")
    if asked == "take back":
        take_back(request, each)
        return None
    if each.on_record and not each.decision:
        messages.warning(request, _("These words are on record meanwhile: nothing was changed."))
        return None
    values = {}
    if asked != "refuse":
        form = ProposalForm(proposal, source, request.user, organisations_for(source), request.POST)
        if not form.is_valid():
            return form
        values = form.values()
    with transaction.atomic():
        decision, is_first = Decision.objects.select_for_update().get_or_create(
            source=source,
            kind=proposal.kind,
            start=proposal.start,
            end=proposal.end,
            defaults={
                "verdict": Verdict.REFUSED if asked == "refuse" else Verdict.ACCEPTED,
                "values": values,
                "by": request.user,
            },
        )
        if not is_first:
            told = {"who": decision.who, "verdict": decision.get_verdict_display(), "words": each.words[:60]}
            messages.warning(
                request,
                _("%(who)s came first: “%(words)s” is %(verdict)s already, and nothing was changed.") % told,
            )
        elif values.get("becomes") == CLAIM:
            claim = decision.record = put_on_record(values, source, request.user)
            decision.save()
            messages.success(
                request,
                _("%(reference)s is a draft now, resting on these words.") % {"reference": claim.reference},
            )
    return None


@transaction.atomic
def take_back(request, each):
    """What was refused, or accepted and is not on record yet, is open again."""
    decision = (
        Decision.objects.select_for_update(of=("self",)).filter(pk=each.decision.pk).first()
        if each.decision
        else None
    )
    if decision and decision.record is None:
        decision.delete()
    elif decision:
        messages.error(request, _("It is on record already: change it there."))


def put_held(request, pk):
    """What was accepted and waits, before it becomes public; then, asked for once more, it does."""
    require(request, *READ)
    source = get_object_or_404(Source.objects.select_related("author"), pk=pk)
    waiting = [decision for decision in source.decisions.select_related("by") if decision.is_held]
    for decision in waiting:
        decision.sort = called(decision.values["becomes"])
    if request.method == "POST":
        require(
            request,
            *DECIDE,
            *{
                f"{model._meta.app_label}.add_{model._meta.model_name}"
                for model in (model_of(each.values["becomes"]) for each in waiting)
            },
        )
        put_all(request, source)
        return redirect("admin:reading", source.pk)
    is_public = Source.objects.public().filter(pk=pk).exists()
    return show(
        request,
        "pending",
        _("Put on record: %(source)s") % {"source": source},
        source=source,
        waiting=waiting,
        is_public=is_public,
    )


def put_all(request, source):
    """Save every record that waits, or none and say which stands in the way."""
    try:
        with transaction.atomic():
            # Only what was shown: somebody may have accepted more meanwhile.
            asked = [key for key in request.POST.getlist("decision") if key.isdecimal() and len(key) < 19]
            count = 0
            for decision in source.decisions.select_for_update().filter(
                pk__in=asked, verdict=Verdict.ACCEPTED, content_type=None
            ):
                decision.record = put_on_record(decision.values, source, request.user)
                decision.save()
                count += 1
    except ValidationError as error:
        told = {"words": source.text[decision.start : decision.end][:60], "why": " ".join(error.messages)}
        messages.error(request, _("Nothing was put on record: “%(words)s” stands in the way. %(why)s") % told)
    else:
        told = ngettext("%(count)d record is public now.", "%(count)d records are public now.", count)
        messages.success(request, told % {"count": count})
