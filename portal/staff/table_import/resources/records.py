"""Publications and milestones: an import changes records that readers see as soon as they are saved."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Milestone, Source

from ...document_import.record import unique_slug
from ..columns import ChoiceWidget, OrganisationWidget, PartialDateWidget, YesWidget, column
from .table import TableResource, parse_cell


class SlugResource(TableResource):
    """Imports records that a row finds by their slug; a new record without one gets it from its title."""

    def find_record(self, row):
        return (
            self.get_queryset().select_for_update(of=("self",)).filter(slug=row["slug"]).first()
            if row.get("slug")
            else None
        )

    def slug_scope(self, instance):
        """Returns the records among which the slug of one must be unique."""
        raise NotImplementedError

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if not instance.slug and not import_validation_errors:
            title = instance.title or getattr(instance, "subject", "")
            instance.slug = unique_slug(self.slug_scope(instance), title, 50)
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def unchecked_fields(self, instance):
        # A row with errors elsewhere has not got its slug: that it has none is no error of the table's.
        return super().unchecked_fields(instance) if instance.slug else (*self.computed_fields, "slug")


class PublicationResource(SlugResource):
    title = gettext_lazy("Publications")
    about = gettext_lazy("Each row is a report or publication, known by its address; without one it is new.")
    required_columns = ("kind", "author")

    slug = column("slug")
    kind = column("kind", ChoiceWidget([(kind.value, kind.label) for kind in Source.PUBLISHED_WORKS]))
    title_ = column("title", attribute="title")  # `title` is the resource's own
    subject = column("subject")
    author = column("author", OrganisationWidget())
    publisher = column("publisher", OrganisationWidget())
    byline = column("byline")
    published = column("published", PartialDateWidget())
    region = column("region")
    address = column("address")

    class Meta(TableResource.Meta):
        model = Source
        fields = export_order = (
            "slug",
            "kind",
            "title_",
            "subject",
            "author",
            "publisher",
            "byline",
            "published",
            "region",
            "address",
        )

    def slug_scope(self, instance):
        return Source.objects.all()

    def get_queryset(self):
        return (
            Source.objects.filter(kind__in=Source.PUBLISHED_WORKS)
            .select_related("author", "publisher")
            .order_by("slug")
        )


class TimelineResource(SlugResource):
    title = gettext_lazy("Timeline")
    about = gettext_lazy(
        "Each row is a milestone of an organisation, known by its short name; without one it is new."
    )
    required_columns = ("organisation", "title", "text")

    organisation = column("organisation", OrganisationWidget())
    slug = column("slug")
    date = column("date", PartialDateWidget())
    title_ = column("title", attribute="title")
    text = column("text")
    in_our_words = column("in_our_words", YesWidget())

    class Meta(TableResource.Meta):
        model = Milestone
        fields = export_order = ("organisation", "slug", "date", "title_", "text", "in_our_words")

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        super().validate_instance(instance, import_validation_errors, validate_unique)
        after = self.export_cells(instance)
        # Words that parted before and are left as they are do not stand in the way of the other rows.
        if instance.pk and any(self.cells_before[name] != after[name] for name in ("text", "in_our_words")):
            try:
                instance.check_quotation()
            except ValidationError as error:
                raise ValidationError({"text": error.messages}) from error

    def find_record(self, row):
        if not row.get("slug"):
            return None
        if not row.get("organisation"):
            raise ValidationError({"organisation": _("It says whose milestone is meant: fill it in.")})
        organisation = parse_cell(row, "organisation", OrganisationWidget().clean)
        return (
            Milestone.objects.select_for_update().filter(organisation=organisation, slug=row["slug"]).first()
        )

    def slug_scope(self, instance):
        return Milestone.objects.filter(organisation=instance.organisation)

    def get_queryset(self):
        return Milestone.objects.select_related("organisation").order_by(
            "organisation__slug", "date", "order"
        )
