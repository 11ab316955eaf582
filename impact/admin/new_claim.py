"""Adding a claim in five fields: what is said, by whom, as of when, in which words of which source, and where it shows."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process as plain

from organisation.admin.record import CitationForm
from organisation.models import Affiliation, Citation, Organisation, Source

from ..models import Claim, Highlight

# Fewer letters are in half of all claims; with a lower score two claims speak of different things.
FEWEST_LETTERS, ALIKE = 20, 75
MOST_COMPARED, MOST_OFFERED = 20_000, 5

Independence = Citation.Independence


class NewClaimForm(forms.ModelForm):
    where = forms.MultipleChoiceField(
        label=_("where it shows"),
        required=False,
        choices=Highlight.Where.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "It shows there once it is published, for example “home, in numbers”; with none it stands in the register only."
        ),
    )

    class Meta:
        model = Claim
        fields = ["statement", "organisation", "as_of"]
        labels = {"organisation": _("speaker")}
        help_texts = {
            "statement": _(
                "The speaker's own words, for example “Forming national coalitions in 35 countries worldwide”."
            ),
            "organisation": _(
                "Who says it, for example the Dallaire Initiative; the long form takes an organisation without a profile, too."
            ),
            "as_of": _(
                "The day it holds for, as precise as the source: 2007 or 1998-05, for example. Empty reads “not stated”."
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


class WordsForm(CitationForm):
    """The source of a claim, and its words; what kind of source it is follows from whose it is."""

    source = SourceChoice(
        label=_("source"),
        queryset=Source.objects.none(),
        help_text=_(
            "The document that says it, for example “What we do”. One that is not listed is added first, as a new source."
        ),
    )

    class Meta(CitationForm.Meta):
        fields = ["source"]

    field_order = ["source", "words"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Those whose words can be picked come first.
        without_text = models.Case(models.When(sha256="", then=1), default=0)
        self.fields["source"].queryset = Source.objects.select_related("author").order_by(
            without_text, "author__official_name", "title", "subject"
        )
        self.fields["words"].help_text = _(
            "Select them in the source's text, or paste them from it, signs included, for example “over 4,500 participants”."
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
    """Own words, those of a partner on record, or those of somebody else."""
    author = source.author or source.publisher
    if author is None or author == speaker:
        return Independence.OWN
    stands_with = Affiliation.objects.filter(
        models.Q(organisation=speaker, with_whom=author) | models.Q(organisation=author, with_whom=speaker)
    )
    return Independence.PARTNER if stands_with.exists() else Independence.INDEPENDENT


def similar_claims(statement, organisation):
    """At most five claims of the organisation that say nearly the same, the likeliest first."""
    words = plain(statement)
    if len(words) < FEWEST_LETTERS:
        return []
    claims = Claim.objects.filter(organisation=organisation) if organisation else Claim.objects.all()
    known = dict(claims.order_by("-number").values_list("pk", "statement")[:MOST_COMPARED])
    best = process.extract(
        words, known, scorer=fuzz.token_set_ratio, processor=plain, limit=MOST_OFFERED, score_cutoff=ALIKE
    )
    found = Claim.objects.select_related("current_edition").in_bulk([pk for _words, _score, pk in best])
    return [found[pk] for _words, _score, pk in best if pk in found]


def require_add(request):
    if not request.user.has_perm("impact.add_claim"):
        raise PermissionDenied


def new_claim(request):
    require_add(request)
    data = request.POST if request.method == "POST" else None
    begin = {name: request.GET[name] for name in ("organisation", "source") if is_key(request.GET.get(name))}
    form = NewClaimForm(data, user=request.user, initial=begin)
    words_form = WordsForm(data, initial=begin)
    alike = []
    if data and all([form.is_valid(), words_form.is_valid()]):
        alike = similar_claims(form.cleaned_data["statement"], form.cleaned_data["organisation"])
        if {str(claim.pk) for claim in alike} <= set(data.getlist("seen")):
            return saved(request, form, words_form)
    context = admin.site.each_context(request) | {
        "title": gettext("New claim"),
        "form": form,
        "words_form": words_form,
        "alike": alike,
        "is_held": bool(alike),
        "source": chosen_source(words_form["source"].value()),
    }
    return render(request, "admin/impact/claim/new.html", context)


def saved(request, form, words_form):
    with transaction.atomic():
        claim = form.save()
        words_form.save_for(claim)
    told = gettext(
        "%(reference)s is saved as a draft. Before it can be submitted, fill in its subject, theme and type, and add the figures that it gives."
    )
    messages.success(request, told % {"reference": claim.reference})
    return redirect("admin:impact_claim_change", claim.pk)


def similar(request):
    """The claims that say nearly the same as what is being typed, as a part of a page."""
    require_add(request)
    statement = request.GET.get("statement", "").replace("\x00", "")[:2000]
    organisation = request.GET.get("organisation", "")
    alike = similar_claims(statement, int(organisation) if is_key(organisation) else None)
    return render(request, "admin/impact/claim/similar.html", {"alike": alike})


def source_text(request):
    """The text of a source, to pick words from, as a part of a page."""
    require_add(request)
    return render(
        request, "admin/impact/claim/source_text.html", {"source": chosen_source(request.GET.get("source"))}
    )


def chosen_source(key):
    return Source.objects.filter(pk=key).first() if is_key(key) else None


def is_key(value):
    """Whether this could be the number of a row: a database refuses what has more digits."""
    text = str(value or "")
    return text.isascii() and text.isdecimal() and len(text) < 19
