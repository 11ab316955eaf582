"""The form in which staff bring in a document: the file, and what no reader can take from it."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation, Source
from organisation.slugs import unique_slug

from ..upload import MAX_BYTES, UploadField
from .document import EXTENSIONS, read_document
from .kept_document import keep, suggested_values, take_up
from .publication import PRIVATE_KIND
from .record import named_organisation
from .review import organisation_names
from .rules.cover_facts import CoverFacts, cover_facts


class DocumentForm(forms.ModelForm):
    """A file and the facts about it that no reader can take from it; `document` is what was read."""

    file = UploadField(label=_("document"), extensions=EXTENSIONS)
    address = Source._meta.get_field("address").formfield(assume_scheme="https")
    new_author = forms.CharField(
        label=_("or another body as its author"),
        required=False,
        max_length=200,
        help_text=_("Its official name, where it is not among them: it goes on record with the document."),
    )
    may_be_read = forms.BooleanField(
        label=_("readers may see it"),
        required=False,
        help_text=_(
            "Only needed for a report or publication of an organisation with a profile, "
            "which stands among the publications once somebody else has accepted that."
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
        "new_author",
        "publisher",
        "published",
        "as_of",
        "address",
        "may_be_read",
    ]

    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.kept_file, self.suggested = user, None, {}
        self.document, self.from_cover = None, CoverFacts()
        if self.is_bound and self.files.get("file"):
            # Another document takes the place of the kept one, even if it is refused.
            self.data = self.data.copy()
            self.data["kept"] = ""
        elif self.is_bound:
            self.document, self.kept_file = take_up(self.data.get("kept", ""), user)
            self.fields["file"].required = self.document is None
        self.fields["file"].help_text = _(
            "Drop a .docx, .odt, .html, .md or .txt file here, up to %(most)d MB. Its words are kept "
            "exactly; pictures, comments, hidden words and what tracked changes strike out are left out. "
            "Save a PDF, RTF or older Word file as .docx first."
        ) % {"most": MAX_BYTES // 1024**2}
        if not user.has_perm("organisation.add_organisation"):
            del self.fields["new_author"]

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload:
            self.document = read_document(upload.contents, upload.extension)
        self.instance.text = self.document.text
        return upload or self.kept_file

    def clean(self):
        cleaned = super().clean()
        self.instance.slug = unique_slug(
            Source.objects.all(), cleaned.get("title") or cleaned.get("subject") or "document", 100
        )
        if self.document:
            self.take_from_cover(cleaned)
        if name := cleaned.get("new_author"):
            try:
                cleaned["author"] = author_of_name(name)
            except ValidationError as error:
                self.add_error("new_author", error.messages)
        elif not cleaned.get("author") and not self.has_error("author"):
            self.add_error("author", _("Choose whose words they are, or write the name of another body."))
        self.ask_for_tick(cleaned)
        return cleaned

    def take_from_cover(self, cleaned):
        """Takes the day of publication, where none was typed, and who signed the document from its cover.

        The day of a kept document was filled in before: whoever has emptied it does not want it.
        """
        document, title = self.document, cleaned.get("title", "")
        facts = cover_facts(document.text, document.parts, title, organisation_names())
        if cleaned.get("published") or self.kept_file:
            facts = facts._replace(published="")
        elif facts.published and "published" not in self.errors:
            cleaned["published"] = facts.published
        self.instance.byline = facts.byline
        self.from_cover = facts

    def ask_for_tick(self, values):
        if self.would_be_public(values) and not values.get("may_be_read"):
            self.add_error(
                "may_be_read",
                _(
                    "A report or publication of %(author)s is for readers: "
                    "tick this, or give another kind until it may be read."
                )
                % {"author": values["author"]},
            )

    def save(self, commit=True):
        if self.instance.author.pk is None:
            self.instance.author.save()
            self.instance.author = self.instance.author
        return super().save(commit)

    def keep_document(self):
        """Keeps what was read for when the form is sent again, and suggests what it still asks for."""
        file = self.cleaned_data.get("file") or self.kept_file
        if not self.document or not file:
            return
        self.data = self.data.copy()
        self.data["kept"] = keep(self.document, file.name, self.user)
        self.kept_file = file if self.data["kept"] else None
        self.fields["file"].required = not self.kept_file
        given = {name for name in self.fields if self.data.get(name)}
        given |= {"title"} if "subject" in given else set()
        given |= {"author"} if "new_author" in given else set()
        values = suggested_values(self.document) | {"published": self.from_cover.published}
        for name, value in values.items():
            if value and name not in given:
                self.data[name] = getattr(value, "pk", value)
                self.suggested[name] = self.fields[name].label
                self.errors.pop(name, None)
        if "title" in self.suggested:
            self.errors.pop(NON_FIELD_ERRORS, None)
        if self.suggested and "may_be_read" not in self.errors:
            self.ask_for_tick(values | self.cleaned_data)

    def would_be_public(self, values):
        author = values.get("author")
        return values.get("kind") in Source.PUBLISHED_WORKS and author and author.profiled

    def private_kind(self):
        """Returns the kind with which the document is stored: one that nobody but staff sees.

        Whoever its author is, for somebody may be giving them a profile at this moment.
        """
        kind = self.cleaned_data["kind"]
        return PRIVATE_KIND if kind in Source.PUBLISHED_WORKS else kind


def author_of_name(name):
    """Returns the organisation of a name, unsaved where none on record has it."""
    author = Organisation.objects.filter(official_name__iexact=name).first() or named_organisation(name)
    if author.pk is None:
        author.full_clean()
    return author
