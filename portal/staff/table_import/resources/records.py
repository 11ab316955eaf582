"""Documents, milestones and statements: an import changes what readers see, as a proposal."""

from django.utils.translation import gettext_lazy

from organisation.models import Milestone, Source, Statement

from ..columns import ChoiceWidget, MilestoneWidget, OrganisationWidget, PartialDateWidget, YesWidget, column
from .slugs import OwnedSlugResource, SlugResource
from .table import TableResource


class PublicationResource(SlugResource):
    title = gettext_lazy("Publications")
    search_key = "source"
    about = gettext_lazy("Each row is a report or publication, known by its address; without one it is new.")
    required_columns = ("kind", "author")
    kinds = Source.PUBLISHED_WORKS

    slug = column("slug")
    kind = column("kind", ChoiceWidget([(kind.value, kind.label) for kind in Source.PUBLISHED_WORKS]))
    title_ = column("title", attribute="title")  # `title` is the resource's own
    subject = column("subject")
    author = column("author", OrganisationWidget())
    publisher = column("publisher", OrganisationWidget())
    byline = column("byline")
    published = column("published", PartialDateWidget())
    as_of = column("as_of", PartialDateWidget())
    region = column("region")
    address = column("address")
    archived = column("archived")

    class Meta(TableResource.Meta):
        model = Source
        fields = export_order = (
            *("slug", "kind", "title_", "subject", "author", "publisher", "byline", "published", "as_of"),
            *("region", "address", "archived", "source_", "words"),
        )

    def slug_words(self, instance):
        return instance.title or instance.subject

    def speaker(self, instance):
        return instance.author or instance.publisher

    def get_queryset(self):
        return (
            Source.objects.filter(kind__in=self.kinds)
            .select_related("author", "publisher")
            .with_evidence()
            .order_by("slug")
        )


OTHER_KINDS = [kind for kind in Source.Kind if kind not in Source.PUBLISHED_WORKS]


class DocumentResource(PublicationResource):
    title = gettext_lazy("Documents")
    about = gettext_lazy(
        "Each row is a document that is no publication, known by its address; without one it is new. "
        "Its text does not come in with a table."
    )
    required_columns = ("kind",)
    kinds = OTHER_KINDS

    kind = column("kind", ChoiceWidget([(kind.value, kind.label) for kind in OTHER_KINDS]))

    class Meta(PublicationResource.Meta):
        pass


class TimelineResource(OwnedSlugResource):
    title = gettext_lazy("Timeline")
    search_key = "milestone"
    about = gettext_lazy(
        "Each row is a milestone of an organisation, known by its short name; without one it is new."
    )
    required_columns = ("organisation", "title", "text")
    missing_organisation = gettext_lazy("It says whose milestone is meant: fill it in.")

    organisation = column("organisation", OrganisationWidget())
    slug = column("slug")
    date = column("date", PartialDateWidget())
    title_ = column("title", attribute="title")
    text = column("text")
    in_our_words = column("in_our_words", YesWidget())
    same_event_as = column("same_event_as", MilestoneWidget())

    class Meta(TableResource.Meta):
        model = Milestone
        fields = export_order = (
            *("organisation", "slug", "date", "title_", "text", "in_our_words", "same_event_as"),
            *("source_", "words"),
        )

    def get_queryset(self):
        related = ("organisation", "same_event_as__organisation")
        milestones = Milestone.objects.select_related(*related).with_evidence()
        return milestones.order_by("organisation__slug", "date", "order", "pk")


class StatementResource(OwnedSlugResource):
    title = gettext_lazy("Statements")
    search_key = "statement"
    about = gettext_lazy(
        "Each row is what an organisation says of itself, known by its short name; without one it is new."
    )
    required_columns = ("organisation", "kind", "text")
    missing_organisation = gettext_lazy("It says whose statement is meant: fill it in.")

    organisation = column("organisation", OrganisationWidget())
    slug = column("slug")
    kind = column("kind", ChoiceWidget(Statement.Kind.choices))
    title_ = column("title", attribute="title")
    text = column("text")
    in_our_words = column("in_our_words", YesWidget())
    valid_from = column("valid_from", PartialDateWidget())
    valid_to = column("valid_to", PartialDateWidget())

    class Meta(TableResource.Meta):
        model = Statement
        fields = export_order = (
            *("organisation", "slug", "kind", "title_", "text", "in_our_words", "valid_from", "valid_to"),
            *("source_", "words"),
        )

    def slug_words(self, instance):
        return instance.title or instance.kind

    def get_queryset(self):
        statements = Statement.objects.select_related("organisation").with_evidence()
        return statements.order_by("organisation__slug", "kind", "order", "pk")
