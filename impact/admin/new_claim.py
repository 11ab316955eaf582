"""The short form for a new claim: statement, speaker, date, quotation from a source, and highlights."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.admin.record import CitationForm, shown_partings
from organisation.models import Affiliation, Citation, Organisation, Source

from ..as_written import quoted_list
from ..conflicts import find_conflicts
from ..models import Claim, Highlight
from ..numbers import numbers_in
from .new_reading import ReadingForm, chosen_indicator

# Fewer letters are in half of all claims; with a lower score two claims speak of different things.
MIN_LETTERS, MIN_SCORE = 20, 75
MAX_COMPARED, MAX_SUGGESTIONS = 20_000, 5

Independence = Citation.Independence


class NewClaimForm(forms.ModelForm):
    where = forms.MultipleChoiceField(
        label=_("where it shows"),
        required=False,
        choices=Highlight.Where.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "It shows there once it is published, for example “home, in numbers”; "
            "with none it stands in the register only."
        ),
    )

    class Meta:
        model = Claim
        fields = ["statement", "organisation", "as_of"]
        labels = {"organisation": _("speaker")}
        help_texts = {
            "statement": _(
                "The speaker's own words, for example “Opening schools in 35 harbours along the coast”."
            ),
            "organisation": _(
                "Who says it, for example Harbour Aid; "
                "the long form takes an organisation without a profile, too."
            ),
            "as_of": _(
                "The day it holds for, as precise as the source: 2007 or 1998-05, for example. "
                "Empty reads “not stated”."
            ),
        }
        widgets = {"statement": AdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organisation"].queryset = Organisation.objects.profiled()
        if not user.has_perm("impact.add_highlight"):
            del self.fields["where"]

    def save(self):
        claim = super().save(commit=False)
        claim.owner = self.user
        claim.save()
        for where in self.cleaned_data.get("where", []):
            last = Highlight.objects.filter(where=where).aggregate(last=models.Max("order"))["last"] or 0
            Highlight.objects.create(claim=claim, where=where, order=last + 1)
        return claim


class SourceChoice(forms.ModelChoiceField):
    def label_from_instance(self, source):
        return f"{source} ({source.author})" if source.author else str(source)


class QuotationForm(CitationForm):
    """The source of a claim and the passage quoted from it. Its independence follows from its author."""

    source = SourceChoice(
        label=_("source"),
        queryset=Source.objects.none(),
        help_text=_(
            "The document that says it, for example “What we do”. "
            "One that is not listed is added first, as a new source."
        ),
    )

    class Meta(CitationForm.Meta):
        fields = ["source"]

    field_order = ["source", "words"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Sources with a text, from which a passage can be picked, come first.
        without_text = models.Case(models.When(sha256="", then=1), default=0)
        self.fields["source"].queryset = Source.objects.select_related("author").order_by(
            without_text, "author__official_name", "title", "subject", "pk"
        )
        self.fields["words"].help_text = _(
            "Select them in the source's text, or paste them from it, signs included, "
            "for example “over 4,500 participants”."
        )

    def clean(self):
        cleaned = super().clean()
        source = cleaned.get("source")
        if source and source.text and "words" not in self.errors and not cleaned["words"]:
            self.add_error("words", _("Pick the words of the source that say it: readers are shown them."))
        return cleaned

    def save_for(self, claim):
        self.instance.record = claim
        self.instance.independence = independence_of(self.instance.source, claim.organisation)
        return self.save()


def independence_of(source, speaker):
    """Returns how independent a source is of a speaker: their own, a partner's, or independent."""
    author = source.author or source.publisher
    if author is None or speaker is None or author in speaker.life.names:
        return Independence.OWN
    affiliations = Affiliation.objects.of_partners().naming(speaker).naming(author)
    return Independence.PARTNER if affiliations.exists() else Independence.INDEPENDENT


def similar_claims(statement, organisation):
    """Returns a few claims of one organisation, or of all, that say nearly the same, the likeliest first."""
    # Not before they are used: they take 3 MB.
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process

    normalised = default_process(statement)
    if len(normalised) < MIN_LETTERS:
        return []
    claims = Claim.objects.filter(organisation=organisation) if organisation else Claim.objects.all()
    statements = dict(claims.order_by("-number").values_list("pk", "statement")[:MAX_COMPARED])
    matches = process.extract(
        normalised,
        statements,
        scorer=fuzz.token_set_ratio,
        processor=default_process,
        limit=MAX_SUGGESTIONS,
        score_cutoff=MIN_SCORE,
    )
    found = Claim.objects.select_related("current_edition").in_bulk([pk for _text, _score, pk in matches])
    return [found[pk] for _text, _score, pk in matches if pk in found]


def check_may_add(request):
    if not request.user.has_perm("impact.add_claim"):
        raise PermissionDenied


def new_claim(request):
    check_may_add(request)
    data = request.POST if request.method == "POST" else None
    initial = {
        name: request.GET[name] for name in ("organisation", "source") if is_key(request.GET.get(name))
    }
    indicator = chosen_indicator((data or request.GET).get("indicator"))
    if indicator:
        initial.setdefault("organisation", indicator.organisation_id)
    form = NewClaimForm(data, user=request.user, initial=initial)
    quotation_form = QuotationForm(data, initial=initial)
    reading_form = ReadingForm(data, indicator=indicator) if indicator else None
    suggestions = []
    if data and are_valid(form, quotation_form, reading_form):
        suggestions = similar_claims(form.cleaned_data["statement"], form.cleaned_data["organisation"])
        if reading_form:
            suggestions = list(dict.fromkeys([*reading_form.same_claims(), *suggestions]))
        # Whoever has seen all of them on the page before may save it all the same.
        if {str(claim.pk) for claim in suggestions} <= set(data.getlist("seen")):
            return save_and_redirect(request, form, quotation_form, reading_form)
    context = admin.site.each_context(request) | {
        "title": gettext("New reading of %(indicator)s") % {"indicator": indicator}
        if indicator
        else gettext("New claim"),
        "form": form,
        "quotation_form": quotation_form,
        "reading_form": reading_form,
        "indicator": indicator,
        "similar_claims": suggestions,
        "is_refused_as_similar": bool(suggestions),
        "source": chosen_source(quotation_form["source"].value()),
    }
    return render(request, "admin/impact/claim/new.html", context)


def are_valid(form, quotation_form, reading_form):
    """True where everything that was sent is right; of a reading its numbers stand in its words, too."""
    if not all([form.is_valid(), quotation_form.is_valid(), reading_form is None or reading_form.is_valid()]):
        return False
    words = quotation_form.cleaned_data["words"]
    return reading_form is None or reading_form.check_words(form.cleaned_data["statement"], words)


def save_and_redirect(request, form, quotation_form, reading_form=None):
    with transaction.atomic():
        claim = form.save()
        quotation_form.save_for(claim)
        if reading_form:
            reading_form.save_for(claim)
    numbers = numbers_in(claim.statement)
    message = gettext(
        "%(reference)s is saved as a draft. Before it can be submitted, fill in its subject, theme and type, "
        "and add the figures that it gives."
    )
    if reading_form:
        message = gettext(
            "%(reference)s is saved as a draft. Before it can be submitted, fill in its theme, and look "
            "whether all that it says of the reading is right."
        )
        find_conflicts(claim)
    elif numbers:
        message = gettext(
            "%(reference)s is saved as a draft. Before it can be submitted, fill in its subject, theme and "
            "type, and add the figures that it gives, each written as it stands there: %(numbers)s."
        )
    messages.success(request, message % {"reference": claim.reference, "numbers": quoted_list(numbers)})
    if differences := claim.partings():
        messages.warning(request, shown_partings(differences))
    return redirect("admin:impact_claim_change", claim.pk)


def similar(request):
    """Renders, as a part of a page, the claims that say nearly the same as what is being typed."""
    check_may_add(request)
    statement = request.GET.get("statement", "").replace("\x00", "")[:2000]
    organisation = request.GET.get("organisation", "")
    suggestions = similar_claims(statement, int(organisation) if is_key(organisation) else None)
    return render(request, "admin/impact/claim/similar.html", {"similar_claims": suggestions})


def source_text(request):
    """Renders, as a part of a page, the text of a source to pick a passage from."""
    check_may_add(request)
    return render(
        request, "admin/impact/claim/source_text.html", {"source": chosen_source(request.GET.get("source"))}
    )


def chosen_source(key):
    return Source.objects.filter(pk=key).first() if is_key(key) else None


def is_key(value):
    """True for what can be a primary key: a database refuses a number with more digits."""
    text = str(value or "")
    return text.isascii() and text.isdecimal() and len(text) < 19
