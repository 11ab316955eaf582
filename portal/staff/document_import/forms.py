"""What staff give with a document, and how they change a proposal before they accept it."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from impact.models import Figure
from organisation.dates import validate_partial_date
from organisation.models import Source

from ..upload import MOST_BYTES, UploadField
from .document import ENDINGS, document_of
from .record import BECOMES, check, free_slug, record_of
from .suggestions import CLAIM, NOTE, ORGANISATION, STATEMENT


class DocumentForm(forms.ModelForm):
    """A file, and the few facts about it that only staff can know."""

    file = UploadField(label=_("document"), endings=ENDINGS)
    address = Source._meta.get_field("address").formfield(assume_scheme="https")
    may_be_read = forms.BooleanField(
        label=_("readers may see it at once"),
        required=False,
        help_text=_(
            "Only needed for a report or publication of an organisation with a profile, which stands among the publications as soon as it is stored."
        ),
    )

    class Meta:
        model = Source
        fields = ["kind", "title", "subject", "author", "publisher", "published", "as_of", "address"]

    field_order = [
        "file",
        "kind",
        "title",
        "subject",
        "author",
        "publisher",
        "published",
        "as_of",
        "address",
        "may_be_read",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Drop a .txt, .docx or .html file here, up to %(most)d MB. Its words are kept exactly; pictures, comments, hidden words "
            "and what tracked changes strike out are left out."
        ) % {"most": MOST_BYTES // 1024**2}
        self.fields["author"].required = True
        self.document = None

    def clean_file(self):
        upload = self.cleaned_data["file"]
        self.document = document_of(upload.contents, upload.ending)
        self.instance.text = self.document.text
        return upload

    def clean(self):
        cleaned = super().clean()
        self.instance.slug = free_slug(
            Source.objects.all(), cleaned.get("title") or cleaned.get("subject") or "document", 100
        )
        author = cleaned.get("author")
        is_public = cleaned.get("kind") in Source.PUBLISHED_WORKS and author and author.profiled
        if is_public and not cleaned.get("may_be_read"):
            self.add_error(
                "may_be_read",
                _(
                    "A report or publication of %(author)s is public as soon as it is stored: tick this, or give another kind until it may be read."
                )
                % {"author": author},
            )
        return cleaned


class ProposalForm(forms.Form):
    """A proposal as it would be accepted; whatever is changed, its words stay words of the source."""

    becomes = forms.ChoiceField(label=_("becomes"), choices=BECOMES)
    title = forms.CharField(
        label=_("title"),
        max_length=200,
        required=False,
        help_text=_("Of a value, an area of work or a milestone, for example “Founded”."),
    )
    text = forms.CharField(label=_("text"), widget=AdminTextareaWidget(attrs={"rows": 4}), max_length=20_000)
    date = forms.CharField(
        label=_("date"),
        required=False,
        max_length=10,
        validators=[validate_partial_date],
        help_text=_(
            "Of a milestone, or the day a claim holds for: 2002, 1998-05 or 2002-02-12. Empty reads “not stated”."
        ),
    )
    organisation = forms.ChoiceField(
        label=_("organisation"), required=False, help_text=_("Whose words they are, or whose history.")
    )
    figures = forms.MultipleChoiceField(
        label=_("figures of the claim"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("words of the source that it rests on"),
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        max_length=20_000,
        help_text=_("Exactly as they stand in the text; take more of them or fewer."),
    )

    def __init__(self, proposal, source, user, organisations, data=None):
        self.proposal, self.source, self.user = proposal, source, user
        super().__init__(data, prefix=proposal.key, initial=self.begin(), auto_id="id_%s")
        self.fields["organisation"].choices = organisations
        self.fields["figures"].choices = [
            (str(number), Figure(**figure_of(figure) | {"value": figure.value}).words)
            for number, figure in enumerate(proposal.figures)
        ]
        if proposal.kind == ORGANISATION:
            self.fields["becomes"].choices = [choice for choice in BECOMES if choice[0] == ORGANISATION]
        if not proposal.figures:
            del self.fields["figures"]
        for name, field in self.fields.items():
            field.label = capfirst(field.label)

    def begin(self):
        proposal, values = self.proposal, self.proposal.values
        return {
            "becomes": values.get("kind", proposal.kind) if proposal.kind == STATEMENT else proposal.kind,
            "title": values.get("title", ""),
            "text": values.get("text") or (proposal.why if proposal.kind == NOTE else ""),
            "date": values.get("date", self.source.as_of if proposal.kind == CLAIM else ""),
            "organisation": self.source.author_id or "",
            "figures": [str(number) for number in range(len(proposal.figures))],
            "words": self.source.text[proposal.start : proposal.end],
        }

    def clean_words(self):
        """The place of the words: their own where nothing was changed, else where the same line, or the whole text, says them."""
        words, proposal = self.cleaned_data["words"].replace("\r\n", "\n").strip("\n"), self.proposal
        self.place = (proposal.start, proposal.end)
        if words != self.source.text[proposal.start : proposal.end].replace("\r\n", "\n"):
            line = self.source.text.count("\n", 0, proposal.start) + 1
            try:
                self.place = self.source.locate(words, line)
            except ValidationError:
                self.place = self.source.locate(words)
        return words

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("organisation") and cleaned.get("becomes") not in (ORGANISATION, NOTE):
            self.add_error(
                "organisation", _("Say whose words they are, or whose history: choose an organisation.")
            )
        if not self.errors:
            record = record_of(self.values(), self.source, self.user)
            try:
                check(record)
            except ValidationError as error:
                self.add_error(None, error.messages)
        return cleaned

    def values(self):
        """What is kept of it until it is on record, and what its record is made of."""
        given = self.cleaned_data
        chosen = [self.proposal.figures[int(number)] for number in given.get("figures", [])]
        return {name: given[name] for name in ("becomes", "title", "text", "date", "organisation")} | {
            "places": [list(self.place), *map(list, self.proposal.more)],
            "figures": [figure_of(figure) for figure in chosen] if given["becomes"] == CLAIM else [],
        }


def figure_of(figure):
    return {
        "label": figure.unit,
        "qualifier": figure.qualifier,
        "value": str(figure.value),
        "unit": figure.unit,
    }
