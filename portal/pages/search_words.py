"""Takes the words by which the search finds a page, and which its readers do not see."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.models import ListBlock


class SearchWordsForm(forms.ModelForm):
    heading = forms.CharField(
        label=_("words"),
        max_length=ListBlock._meta.get_field("heading").max_length,
        help_text=_(
            "What people call what they look for here, divided by commas, for example “donate, fact sheet”. "
            "The search finds the page by them; readers do not see them."
        ),
    )

    class Meta:
        model = ListBlock
        fields = ["heading"]


def words_in(text):
    """Returns the words of a block, each as it stands between commas."""
    return [words.strip() for words in text.split(",") if words.strip()]
