"""The tables that staff exchange with spreadsheets, each a list of columns that a person would name so."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.resources import ModelResource

from impact.conflicts import find_conflicts
from impact.models import Claim, Figure
from organisation.models import Milestone, Source
from organisation.models.record import Upkeep

from ..document_import.record import unique_slug
from .columns import Choice, ClaimReference, Number, OrganisationName, PartialDate, claim_called, column


class Table(ModelResource):
    """Reads each row into a record and says, column by column, what that changes. All rows are saved, or none."""

    title = about = ""
    is_public_at_once = True
    needed = ()  # the columns without which a new record cannot be
    unsaid = ()  # the fields that no column gives and that saving fills in

    class Meta:
        abstract = True
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        import_id_fields = ()

    def __init__(self, user):
        super().__init__()
        self.user = user

    @classmethod
    def columns(cls):
        return [cls.fields[name].column_name for name in cls._meta.fields]

    def import_table(self, table, dry_run):
        """The result of a table, tried or saved; ValidationError for a table that is not this one."""
        unknown = [heading for heading in table.headers if heading not in self.columns()]
        if unknown:
            raise ValidationError(
                _("There is no column called “%(unknown)s”: the columns are %(columns)s."),
                params={"unknown": "”, “".join(unknown), "columns": ", ".join(self.columns())},
            )
        return self.import_data(
            table, dry_run=dry_run, use_transactions=True, rollback_on_validation_errors=True
        )

    def get_instance(self, instance_loader, row):
        return self.known(row)

    def known(self, row):
        """The record that a row speaks of; none for a new one."""
        raise NotImplementedError

    def import_row(self, row, instance_loader, **kwargs):
        self.before, self.given = {}, row
        result = super().import_row(row, instance_loader, **kwargs)
        result.number = kwargs["row_number"] + 1  # the first row of a sheet names the columns
        result.changes = self.changes_of(result)
        return result

    def after_init_instance(self, instance, new, row, **kwargs):
        self.before = {} if new else self.cells_of(instance)

    def cells_of(self, instance):
        return {
            self.fields[name].column_name: self.fields[name].export(instance) for name in self._meta.fields
        }

    def changes_of(self, result):
        if result.import_type not in ("new", "update"):
            return []
        after = self.cells_of(result.instance)
        return [
            (name, self.before.get(name, ""), after[name])
            for name in after
            if after[name] != self.before.get(name, "")
        ]

    def import_instance(self, instance, row, **kwargs):
        """A column that the file does not have leaves its field as it is; one that it has is read even if empty."""
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if instance._state.adding:
            errors |= {
                name: [_("A new record needs it: fill it in.")] for name in self.needed if not row.get(name)
            }
        if errors:
            raise ValidationError(errors)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=[*errors, *self.unsaid])
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def before_save_instance(self, instance, row, **kwargs):
        instance._change_reason = _("brought in with a table")
        if isinstance(instance, Upkeep) and instance._state.adding:
            instance.owner = self.user


class DraftTable(Table):
    """Changes working copies of claims, of which readers see nothing before somebody publishes them."""

    is_public_at_once = False

    class Meta(Table.Meta):
        abstract = True

    def after_import(self, dataset, result, **kwargs):
        if not kwargs["dry_run"] and not result.has_errors() and not result.has_validation_errors():
            find_conflicts()


class ClaimTable(DraftTable):
    title = gettext_lazy("Claims")
    about = gettext_lazy(
        "Each row changes the working copy of the claim with its reference; without one it becomes a new draft. Nothing is published by it."
    )
    needed = ("organisation", "statement")
    unsaid = ("number", "slug", "owner")

    reference = column("reference")
    organisation = column("organisation", OrganisationName())
    statement = column("statement")
    as_of = column("as_of", PartialDate())
    subject = column("subject")
    theme = column("theme", Choice(Claim.Theme.choices))
    type = column("type", Choice(Claim.Type.choices))
    role = column("role", Choice(Claim.Role.choices))
    together_with = column("together_with")
    limitations = column("limitations")

    class Meta(Table.Meta):
        model = Claim
        fields = export_order = (
            "reference",
            "organisation",
            "statement",
            "as_of",
            "subject",
            "theme",
            "type",
            "role",
            "together_with",
            "limitations",
        )

    def known(self, row):
        if not row.get("reference"):
            return None
        return read(row, "reference", claim_called).locked()

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name != "reference":  # it names the claim, and is never given
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def after_save_instance(self, instance, row, **kwargs):
        instance.note_change(self.user)

    def get_queryset(self):
        return Claim.objects.select_related("organisation").order_by("number")


class FigureTable(DraftTable):
    title = gettext_lazy("Figures")
    about = gettext_lazy(
        "Each row is a figure of a claim, known by its label. It changes the working copy of the claim; nothing is published by it."
    )
    needed = ("claim", "label", "value", "unit")
    unsaid = ("edition",)

    claim = column("claim", ClaimReference())
    label = column("label")
    qualifier = column("qualifier", Choice(Figure.Qualifier.choices))
    value = column("value", Number())
    unit = column("unit")
    as_of = column("as_of", PartialDate())

    class Meta(Table.Meta):
        model = Figure
        fields = export_order = ("claim", "label", "qualifier", "value", "unit", "as_of")

    def known(self, row):
        missing = [name for name in ("claim", "label") if not row.get(name)]
        if missing:
            raise ValidationError({name: _("It says which figure is meant: fill it in.") for name in missing})
        return read(row, "claim", claim_called).locked().figures.filter(label=row["label"]).first()

    def before_save_instance(self, instance, row, **kwargs):
        super().before_save_instance(instance, row, **kwargs)
        if instance._state.adding:
            instance.order = instance.claim.figures.count() + 1

    def after_save_instance(self, instance, row, **kwargs):
        instance.claim.note_change(self.user)

    def get_queryset(self):
        return (
            Figure.objects.filter(claim__isnull=False)
            .select_related("claim")
            .order_by("claim__number", "order")
        )


class NamedTable(Table):
    """Records that are known by the last part of their address."""

    def known(self, row):
        return (
            self.get_queryset().select_for_update(of=("self",)).filter(slug=row["slug"]).first()
            if row.get("slug")
            else None
        )

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if not instance.slug and not import_validation_errors:
            instance.slug = unique_slug(
                self.others(instance), instance.title or getattr(instance, "subject", ""), 50
            )
        super().validate_instance(instance, import_validation_errors, validate_unique)


class PublicationTable(NamedTable):
    title = gettext_lazy("Publications")
    about = gettext_lazy("Each row is a report or publication, known by its address; without one it is new.")
    needed = ("kind", "author")

    slug = column("slug")
    kind = column("kind", Choice([(kind.value, kind.label) for kind in Source.PUBLISHED_WORKS]))
    title_ = column("title", attribute="title")
    subject = column("subject")
    author = column("author", OrganisationName())
    publisher = column("publisher", OrganisationName())
    byline = column("byline")
    published = column("published", PartialDate())
    region = column("region")
    address = column("address")

    class Meta(Table.Meta):
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

    def others(self, instance):
        return Source.objects.all()

    def get_queryset(self):
        return (
            Source.objects.filter(kind__in=Source.PUBLISHED_WORKS)
            .select_related("author", "publisher")
            .order_by("slug")
        )


class TimelineTable(NamedTable):
    title = gettext_lazy("Timeline")
    about = gettext_lazy(
        "Each row is a milestone of an organisation, known by its short name; without one it is new."
    )
    needed = ("organisation", "title", "text")

    organisation = column("organisation", OrganisationName())
    slug = column("slug")
    date = column("date", PartialDate())
    title_ = column("title", attribute="title")
    text = column("text")

    class Meta(Table.Meta):
        model = Milestone
        fields = export_order = ("organisation", "slug", "date", "title_", "text")

    def known(self, row):
        if not row.get("slug"):
            return None
        if not row.get("organisation"):
            raise ValidationError({"organisation": _("It says whose milestone is meant: fill it in.")})
        organisation = read(row, "organisation", OrganisationName().clean)
        return (
            Milestone.objects.select_for_update().filter(organisation=organisation, slug=row["slug"]).first()
        )

    def others(self, instance):
        return Milestone.objects.filter(organisation=instance.organisation)

    def get_queryset(self):
        return Milestone.objects.select_related("organisation").order_by(
            "organisation__slug", "date", "order"
        )


def read(row, column_name, meaning):
    """What the words of a column mean, or the column's error."""
    try:
        return meaning(row[column_name])
    except ValueError as error:
        raise ValidationError({column_name: [str(error)]}) from error


TABLES = {
    "claims": ClaimTable,
    "figures": FigureTable,
    "publications": PublicationTable,
    "timeline": TimelineTable,
}


def errors_of(result):
    """Everything that stands in the way of a table, as (row, column, sentence)."""
    found = []
    for row in result.invalid_rows:
        columns = row.error_dict if hasattr(row, "error_dict") else row.error.update_error_dict({})
        for name, sentences in columns.items():
            column_name = "" if name == NON_FIELD_ERRORS else name
            found += [
                (row.number + 1, column_name, sentence)
                for each in sentences
                for sentence in getattr(each, "messages", [each])
            ]
    found += [
        (number + 1, "", str(error.error)) for number, errors in result.row_errors() for error in errors
    ]
    return found + [(None, "", str(error.error)) for error in result.base_errors]
