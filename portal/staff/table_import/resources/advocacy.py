"""What organisations ask of others, and the instruments that they speak of."""

from django.utils.translation import gettext_lazy

from advocacy.models import Ask, Instrument

from ..columns import ChoiceWidget, OrganisationWidget, PartialDateWidget, SourceWidget, YesWidget, column
from .slugs import SlugResource
from .table import TableResource


class AskResource(SlugResource):
    title = gettext_lazy("Asks")
    about = gettext_lazy(
        "Each row is what an organisation asks of others, known by its short name; without one it is new."
    )
    required_columns = ("organisation", "text")

    organisation = column("organisation", OrganisationWidget())
    slug = column("slug")
    text = column("text")
    in_our_words = column("in_our_words", YesWidget())
    addressees = column("addressees")
    status = column("status", ChoiceWidget(Ask.Status.choices, empty=Ask.Status.NOT_ON_RECORD))
    status_as_of = column("status_as_of", PartialDateWidget())
    status_source = column("status_source", SourceWidget())

    class Meta(TableResource.Meta):
        model = Ask
        fields = export_order = (
            *("organisation", "slug", "text", "in_our_words", "addressees", "status", "status_as_of"),
            *("status_source", "source_", "words"),
        )

    def slug_words(self, instance):
        return instance.text

    def get_queryset(self):
        asks = Ask.objects.select_related("organisation", "status_source").with_evidence()
        return asks.order_by("organisation__slug", "order", "pk")


class InstrumentResource(SlugResource):
    title = gettext_lazy("Instruments")
    about = gettext_lazy(
        "Each row is a treaty, resolution or standard, known by its address; without one it is new. "
        "“own_text” is the document that holds its text."
    )
    required_columns = ("title",)

    slug = column("slug")
    title_ = column("title", attribute="title")
    short_title = column("short_title")
    reference = column("reference")
    body = column("body", OrganisationWidget())
    adopted = column("adopted", PartialDateWidget())
    in_force = column("in_force", PartialDateWidget())
    own_text = column("own_text", SourceWidget(), attribute="source")

    class Meta(TableResource.Meta):
        model = Instrument
        fields = export_order = (
            *("slug", "title_", "short_title", "reference", "body", "adopted", "in_force", "own_text"),
            *("source_", "words"),
        )

    def speaker(self, instance):
        return instance.body

    def get_queryset(self):
        return Instrument.objects.select_related("body", "source").with_evidence().order_by("slug")
