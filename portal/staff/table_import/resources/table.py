from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from import_export.resources import ModelResource

from organisation.differences import Difference
from organisation.models.record import Upkeep


class TableResource(ModelResource):
    """Imports each row of a table into a record and keeps the row's diff; all rows are saved, or none.

    Every row result of an import carries its `number` in the spreadsheet and its `diff`: the differences
    between the cells on record and those of the table.
    """

    title = about = ""
    has_drafts = False
    required_columns = ()  # the columns that a new record needs
    computed_fields = ()  # the fields that have no column and are set when the record is saved

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

    def import_table(self, dataset, dry_run):
        """Returns the result of a dry run or of an import; ValidationError for a column it does not know."""
        unknown = [heading for heading in dataset.headers if heading not in self.columns()]
        if unknown:
            raise ValidationError(
                _("There is no column called “%(unknown)s”: the columns are %(columns)s."),
                params={"unknown": "”, “".join(unknown), "columns": ", ".join(self.columns())},
            )
        return self.import_data(
            dataset, dry_run=dry_run, use_transactions=True, rollback_on_validation_errors=True
        )

    def get_instance(self, instance_loader, row):
        return self.find_record(row)

    def find_record(self, row):
        """Returns the record that a row is about, locked; None for a new one."""
        raise NotImplementedError

    def import_row(self, row, instance_loader, **kwargs):
        self.cells_before = {}
        result = super().import_row(row, instance_loader, **kwargs)
        result.number = kwargs["row_number"] + 1  # the first row of a sheet names the columns
        result.diff = self.diff_of(result)
        return result

    def after_init_instance(self, instance, new, row, **kwargs):
        self.cells_before = {} if new else self.export_cells(instance)

    def export_cells(self, instance):
        return {
            self.fields[name].column_name: self.fields[name].export(instance) for name in self._meta.fields
        }

    def diff_of(self, result):
        if result.import_type not in ("new", "update"):
            return []
        before, after = self.cells_before, self.export_cells(result.instance)
        return [
            Difference(name, before.get(name, ""), after[name])
            for name in after
            if after[name] != before.get(name, "")
        ]

    def import_instance(self, instance, row, **kwargs):
        """Reads the columns that the file has, empty cells included; other fields stay as they are."""
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if instance._state.adding:
            errors |= {
                name: [_("A new record needs it: fill it in.")]
                for name in self.required_columns
                if not row.get(name)
            }
        if errors:
            raise ValidationError(errors)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=[*errors, *self.unchecked_fields(instance)])
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def unchecked_fields(self, instance):
        """Returns the fields that nobody fills in, and of which no error is told."""
        return self.computed_fields

    def before_save_instance(self, instance, row, **kwargs):
        instance._change_reason = _("brought in with a table")
        if isinstance(instance, Upkeep) and instance._state.adding:
            instance.owner = self.user


def parse_cell(row, column_name, parse):
    """Returns what `parse` makes of a cell, and turns its ValueError into the column's ValidationError."""
    try:
        return parse(row[column_name])
    except ValueError as error:
        raise ValidationError({column_name: [str(error)]}) from error


def import_errors(result):
    """Returns the errors of an import as (row number, column name, message).

    The number is None for an error of the whole table, the name empty for one of the whole row.
    """
    errors = []
    for row in result.invalid_rows:
        columns = row.error_dict if hasattr(row, "error_dict") else row.error.update_error_dict({})
        for name, column_errors in columns.items():
            column_name = "" if name == NON_FIELD_ERRORS else name
            errors += [
                (row.number + 1, column_name, message)
                for error in column_errors
                for message in getattr(error, "messages", [error])
            ]
    errors += [
        (number + 1, "", str(error.error))
        for number, row_errors in result.row_errors()
        for error in row_errors
    ]
    return errors + [(None, "", str(error.error)) for error in result.base_errors]
