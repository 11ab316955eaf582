"""A site is saved and restored into an empty folder; every public address has the bytes it had before."""

import hashlib
import os
import shutil
from pathlib import Path

import django

# These files hold the time at which they were written.
DATED = {".xlsx", ".gz"}


def main():
    django.setup()
    from tests.browser.site import Databases, Site
    from tests.support.postgresql import path_with_programs

    folder, databases = Path(os.environ["PORTAL_VAR"]), Databases()
    site = Site(folder / "first", databases.server, PATH=path_with_programs())
    site.fill()
    site.manage("shell", "--verbosity=0", "-c", PUBLISH_ANEW)
    site.manage("backup", str(folder / "backups"))
    restored = Site(folder / "second", databases.address("restored"), PATH=path_with_programs())
    restored.manage("restore", str(folder / "backups"))
    shutil.copytree(folder / "first/static", folder / "second/static")
    try:
        before, after = public_files(site), public_files(restored)
    finally:
        databases.remove("restored")
    different = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    assert not different, f"not as it was: {different}"
    print(f"{len(before)} files of every public address: each has the bytes that it had before")


# A change that seeding the new site would not bring back.
PUBLISH_ANEW = """
from django.contrib.auth import get_user_model
from impact.models import Claim
claim = Claim.objects.get(number=10)
claim.limitations = "Words that no fixture has"
claim.save()
publisher = get_user_model().objects.get(username="publisher")
claim.publish(by=publisher, reason="Published once more", seen=Claim.AS_STORED)
"""


def public_files(site):
    """Returns the checksum of every file of a site's static copy by its name."""
    site.manage("mirror", str(site.folder / "mirror"), "--verbosity=0")
    root = site.folder / "mirror/current"
    files = (
        file
        for file in root.rglob("*")
        if file.is_file() and file.suffix not in DATED and file.name != "mirror.txt"
    )
    return {str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


if __name__ == "__main__":
    main()
