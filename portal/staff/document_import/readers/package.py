"""Opens the members of a zip package that was checked before; see `portal.staff.upload`."""

import zipfile
from io import BytesIO


def open_member(contents, name):
    """Opens a member of a checked package as a stream; None if the package has no such member."""
    # The checked sizes are what the file itself declares; zipfile stops reading a member at that size.
    package = zipfile.ZipFile(BytesIO(contents))
    return package.open(name) if name in package.namelist() else None
