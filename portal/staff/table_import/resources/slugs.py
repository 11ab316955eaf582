"""Finds the record of a row by its slug, and gives a new record the slug that its words suggest."""

from django.core.exceptions import ValidationError

from organisation.slugs import unique_slug

from ..columns import OrganisationWidget
from .cited import CitedResource
from .table import parse_cell


class SlugResource(CitedResource):
    """Imports records that a row finds by their slug; a new record without one gets it from its words."""

    key_columns = ("slug",)

    def find_record(self, row):
        return self.record_with_slug(row) if row.get("slug") else None

    def record_with_slug(self, row):
        return self.get_queryset().select_for_update(of=("self",)).filter(slug=row["slug"]).first()

    def slug_scope(self, instance):
        """Returns the records among which the slug of one must be unique."""
        return self._meta.model.objects.all()

    def new_key(self, instance):
        return (instance.slug,)

    def is_new_slug_taken(self, instance):
        """Returns the function that tells if a new record of the table has a slug already."""
        return lambda slug: (slug,) in self.seen

    def slug_words(self, instance):
        return instance.title

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if not instance.slug and not import_validation_errors:
            words, scope = self.slug_words(instance), self.slug_scope(instance)
            instance.slug = unique_slug(scope, words, 50, self.is_new_slug_taken(instance))
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def unchecked_fields(self, instance):
        # A row with errors elsewhere has not got its slug: that it has none is no error of the table's.
        return super().unchecked_fields(instance) if instance.slug else (*self.computed_fields, "slug")


class OwnedSlugResource(SlugResource):
    """Imports records whose slug is unique among those of their organisation."""

    key_columns = ("organisation", "slug")
    missing_organisation = ""

    def record_with_slug(self, row):
        if not row.get("organisation"):
            raise ValidationError({"organisation": self.missing_organisation})
        organisation = parse_cell(row, "organisation", OrganisationWidget().clean)
        records = self.get_queryset().select_for_update(of=("self",))
        return records.filter(organisation=organisation, slug=row["slug"]).first()

    def new_key(self, instance):
        return (instance.organisation_id, instance.slug)

    def is_new_slug_taken(self, instance):
        return lambda slug: (instance.organisation_id, slug) in self.seen

    def slug_scope(self, instance):
        return self._meta.model.objects.filter(organisation=instance.organisation)
