"""Copies rows of a working copy to an edition, and back."""


def copy_of(row, **changes):
    """Returns a new, unsaved row with the same values, but for the key and the changes."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy
