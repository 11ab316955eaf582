from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import RowResult

from organisation.differences import Difference
from organisation.models.record import Upkeep
from portal.search.index import BATCH, deferred_indexing, index_records

from ..columns import LookupWidget

# From so many rows on, those that say what is on record are found by one look at all records.
LONG_TABLE = 100


class TableResource(ModelResource):
    """Imports each row of a table into a record and keeps the row's diff; all rows are saved, or none.

    Every row result of an import carries its `number` in the spreadsheet and its `diff`: the differences
    between the cells on record and those of the table. A dry run saves nothing, so no two rows may be about
    one record: the second would differ from what the first has made of it.
    """

    title = about = ""
    has_drafts = False
    key_columns = ()  # the columns by which a row finds its record
    required_columns = ()  # the columns that a new record needs
    computed_fields = ()  # the fields that have no column and are set when the record is saved
    computed_columns = ()  # the columns of a new record that are set when it is saved
    search_key = ""  # of the entries that are brought up to date together, where a save changes no others

    class Meta:
        abstract = True
        use_transactions = True
        report_skipped = True
        skip_diff = True
        store_instance = True
        import_id_fields = ()

    def __init__(self, user):
        super().__init__()
        self.user = user
        self.found_fields = set()  # of a row: those whose record was looked up

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
        self.numbers, self.seen, self.lookups, self.saved = dataset.numbers, {}, {}, []
        self.on_record = self.rows_on_record(dataset)
        return self.import_data(
            dataset, dry_run=dry_run, use_transactions=True, rollback_on_validation_errors=True
        )

    def rows_on_record(self, dataset):
        """Returns {cells: primary key} of the records as the table would have them, if it is a long one."""
        names = {self.fields[name].column_name: self.fields[name] for name in self._meta.fields}
        if len(dataset) < LONG_TABLE or not set(self.key_columns) <= set(dataset.headers):
            return {}
        fields = [names[heading] for heading in dataset.headers]
        records = self.get_queryset().iterator(chunk_size=LONG_TABLE)
        return {tuple(field.export(record) for field in fields): record.pk for record in records}

    def get_instance(self, instance_loader, row):
        if record := self.find_record(row):
            self.check_once(record.pk)
        return record

    def find_record(self, row):
        """Returns the record that a row is about, locked; None for a new one."""
        raise NotImplementedError

    def new_key(self, instance):
        """Returns what no second new record may have; None if there is nothing of the kind."""
        return None

    def check_once(self, key):
        """Raises ValidationError if an earlier row was about the same record."""
        if self.seen.setdefault(key, self.number) != self.number:
            name = self.key_columns[0]
            message = _("Row %(row)d is about the same record: make one row of the two.")
            raise ValidationError({name: message % {"row": self.seen[key]}})

    def import_row(self, row, instance_loader, **kwargs):
        self.cells_before, self.number = {}, self.numbers[kwargs["row_number"] - 1]
        self.found_fields = set()
        if pk := self.on_record.get(tuple(row.values())):
            result = self.get_row_result_class()()
            result.import_type, result.number, result.diff = RowResult.IMPORT_TYPE_SKIP, self.number, []
            self.seen.setdefault(pk, self.number)
            if self.seen[pk] == self.number:
                return result
        result = super().import_row(row, instance_loader, **kwargs)
        result.number, result.diff = self.number, self.diff_of(result)
        result.instance = None  # thousands of them would stay in memory
        return result

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        """Looks each organisation and document up once, however many rows name it."""
        if not isinstance(field.widget, LookupWidget) or field.column_name not in row:
            super().import_field(field, instance, row, is_m2m, **kwargs)
            return
        found = self.looked_up(field.column_name, row[field.column_name], lambda _name: field.clean(row))
        setattr(instance, field.attribute, found)
        if found is not None:
            self.found_fields.add(field.attribute)

    def looked_up(self, kind, key, find):
        """Returns what `find(key)` has found, and finds it once for all rows."""
        if (kind, key) not in self.lookups:
            self.lookups[kind, key] = find(key)
        return self.lookups[kind, key]

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
            if after[name] != before.get(name, "") and (before or name not in self.computed_columns)
        ]

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not import_validation_errors and self.export_cells(instance) == self.cells_before

    def save_instance(self, instance, is_create, row, **kwargs):
        if not kwargs["dry_run"]:
            super().save_instance(instance, is_create, row, **kwargs)

    def do_instance_save(self, instance, is_create):
        if not self.search_key:
            super().do_instance_save(instance, is_create)
            return
        with deferred_indexing():
            super().do_instance_save(instance, is_create)
        self.saved.append(instance.pk)

    def after_import(self, dataset, result, **kwargs):
        for start in range(0, len(self.saved), BATCH):
            index_records(self.search_key, self.saved[start : start + BATCH])

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
            full_clean(instance, {*errors, *self.unchecked_fields(instance)}, self.found_fields)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)
        if instance._state.adding and (key := self.new_key(instance)):
            self.check_once(key)

    def unchecked_fields(self, instance):
        """Returns the fields that nobody fills in, and of which no error is told."""
        return self.computed_fields

    def before_save_instance(self, instance, row, **kwargs):
        instance._change_reason = _("brought in with a table")
        if isinstance(instance, Upkeep) and instance._state.adding:
            instance.owner = self.user


def full_clean(instance, exclude, found_fields):
    """Checks a record as Django does, without asking again for each row whether what it names is there.

    What a table names is looked up once, in the same transaction; its uniqueness is checked as ever.
    """
    errors = {}

    def collect(check, *fields):
        nonlocal errors
        try:
            check(*fields)
        except ValidationError as error:
            errors = error.update_error_dict(errors)

    collect(instance.clean_fields, exclude | found_fields)
    collect(instance.clean)
    collect(instance.validate_unique, exclude | set(errors))
    collect(instance.validate_constraints, exclude | set(errors))
    if errors:
        raise ValidationError(errors)


def parse_cell(row, column_name, parse):
    """Returns what `parse` makes of a cell, and turns its ValueError into the column's ValidationError."""
    try:
        return parse(row[column_name])
    except ValueError as error:
        raise ValidationError({column_name: [str(error)]}) from error


def import_errors(result, resource):
    """Returns the errors of an import as (row number, column name, message).

    The number is None for an error of the whole table, the name empty for one of the whole row.
    """
    errors, numbers = [], resource.numbers
    names = {field.attribute: field.column_name for field in resource.fields.values()}
    for row in result.invalid_rows:
        columns = row.error_dict if hasattr(row, "error_dict") else row.error.update_error_dict({})
        for name, column_errors in columns.items():
            column_name = "" if name == NON_FIELD_ERRORS else names.get(name, name)
            errors += [
                (numbers[row.number - 1], column_name, message)
                for error in column_errors
                for message in getattr(error, "messages", [error])
            ]
    errors += [
        (numbers[number - 1], "", str(error.error))
        for number, row_errors in result.row_errors()
        for error in row_errors
    ]
    return errors + [(None, "", str(error.error)) for error in result.base_errors]
