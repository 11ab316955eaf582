import re
from unittest.mock import patch

import pytest
from django.core.management import call_command

from portal.operations.static_copy import crawl

# One of each kind; the whole site is copied by a drill.
FEW = [
    "/",
    "/search/",
    "/evidence/e10/",
    "/data/claims.csv",
    "/favicon.ico",
    "/site.webmanifest",
    "/share.png",
    "/feeds/corrections.atom",
    "/.well-known/security.txt",
]


@pytest.fixture
def mirror(tmp_path, capsys):
    """Returns a function that copies FEW paths and what they show, and returns the command's output.

    `root` is the folder of the last copy, `few` are FEW, and `report` is the list of faults.
    """

    def run(paths=FEW, follow=False, **options):
        def shown_alone(self, path, target, content):
            return [
                linked
                for linked in linked_paths(self, path, target, content)
                if follow or re.search(r"\.[a-z0-9]+$", linked)
            ]

        linked_paths = crawl.Crawl.linked_paths
        with (
            patch("portal.operations.static_copy.static_copy.start_paths", lambda: paths),
            patch("portal.operations.static_copy.crawl.Crawl.linked_paths", shown_alone),
        ):
            call_command("mirror", tmp_path, **options)
        output, run.report = capsys.readouterr()
        return output

    run.root, run.few = tmp_path / "current", FEW
    return run
