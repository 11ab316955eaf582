"""Organisations, what became of them, and who stands with them."""

from django.utils.translation import gettext_lazy

from organisation.models import Affiliation, Organisation, Succession
from organisation.models.term import role_choices

from ..columns import (
    ChoiceWidget,
    OrganisationWidget,
    PartialDateWidget,
    TermWidget,
    YesWidget,
    column,
)
from .cited import CitedResource
from .slugs import SlugResource
from .table import TableResource, parse_cell


class OrganisationResource(SlugResource):
    title = gettext_lazy("Organisations")
    about = gettext_lazy("Each row is an organisation, known by its address; without one it is new.")
    required_columns = ("official_name",)

    slug = column("slug")
    official_name = column("official_name")
    short_name = column("short_name")
    other_names = column("other_names")
    founded = column("founded", PartialDateWidget())
    closed = column("closed", PartialDateWidget())
    seat = column("seat")
    profiled = column("profiled", YesWidget())

    class Meta(TableResource.Meta):
        model = Organisation
        fields = export_order = (
            *("slug", "official_name", "short_name", "other_names", "founded", "closed", "seat", "profiled"),
            *("source_", "words"),
        )

    def slug_words(self, instance):
        return instance.official_name

    def get_queryset(self):
        return Organisation.objects.with_evidence().order_by("slug")


class NamedResource(CitedResource):
    """Imports records that have no slug: a row finds the one with the same values in the key columns."""

    def find_record(self, row):
        values = {
            self.fields[name].attribute: parse_cell(
                {name: row.get(name, "")}, name, lambda cell, name=name: self.fields[name].widget.clean(cell)
            )
            for name in self.key_columns
        }
        conditions = {
            f"{name}__isnull" if value is None else name: value is None or value
            for name, value in values.items()
        }
        return self.get_queryset().select_for_update(of=("self",)).filter(**conditions).first()

    def new_key(self, instance):
        return tuple(self.fields[name].export(instance) for name in self.key_columns)


class SuccessionResource(NamedResource):
    title = gettext_lazy("Successions")
    about = gettext_lazy(
        "Each row says what became of an organisation, known by the one before, the one after and the kind."
    )
    key_columns = ("earlier", "later", "kind")
    required_columns = ("kind",)

    earlier = column("earlier", OrganisationWidget())
    later = column("later", OrganisationWidget())
    kind = column("kind", ChoiceWidget(Succession.Kind.choices))
    date = column("date", PartialDateWidget())

    class Meta(TableResource.Meta):
        model = Succession
        fields = export_order = ("earlier", "later", "kind", "date", "source_", "words")

    def speaker(self, instance):
        return instance.later or instance.earlier

    def get_queryset(self):
        return Succession.objects.select_related("earlier", "later").with_evidence().order_by("date", "pk")


class AffiliationResource(NamedResource):
    title = gettext_lazy("Affiliations")
    search_key = "affiliation"
    about = gettext_lazy(
        "Each row says who stands with an organisation, known by the two, or by a region, and the role."
    )
    key_columns = ("organisation", "role", "with_whom", "region")
    required_columns = ("organisation", "role")

    organisation = column("organisation", OrganisationWidget())
    role = column("role", TermWidget(role_choices))
    with_whom = column("with_whom", OrganisationWidget())
    region = column("region")
    valid_from = column("valid_from", PartialDateWidget())
    valid_to = column("valid_to", PartialDateWidget())

    class Meta(TableResource.Meta):
        model = Affiliation
        fields = export_order = (
            *("organisation", "role", "with_whom", "region", "valid_from", "valid_to", "source_", "words"),
        )

    def get_queryset(self):
        affiliations = Affiliation.objects.select_related("organisation", "with_whom").with_evidence()
        return affiliations.order_by("organisation__slug", "role", "order", "pk")
