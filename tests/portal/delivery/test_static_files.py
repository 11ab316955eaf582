"""A visitor asks for one style sheet, whatever number of files it is written in."""

import gzip

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command


@pytest.fixture
def collect(settings, tmp_path):
    """Writes made-up files, collects them as the site does, and returns where they lie."""
    backend = {"BACKEND": "portal.delivery.static_files.InlinedImportsStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": backend}
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [tmp_path / "source"], tmp_path / "static"

    def run(files, **options):
        for name, text in files.items():
            file = tmp_path / "source" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        call_command("collectstatic", interactive=False, verbosity=0, **options)
        return settings.STATIC_ROOT

    return run


SITE = {
    "css/site.css": '@layer a;\n@import url("base.css");\n@import url("parts/card.css");\np {}',
    "css/base.css": "html {\n  --u: 1px;\n}",
    "css/parts/card.css": '/* A claim */\n@import url("../note.css");\n.card {}',
    "css/note.css": ".note {}" * 50,  # a file that would not get smaller is not compressed
}


def test_a_sheet_is_collected_with_what_it_imports_in_its_place_and_without_its_comments(collect):
    root = collect(SITE)
    hashed = root / staticfiles_storage.stored_name("css/site.css")
    whole = "@layer a;\nhtml {\n--u: 1px;\n}\n" + ".note {}" * 50 + "\n.card {}\np {}"
    assert hashed.read_text() == (root / "css/site.css").read_text() == whole
    assert gzip.decompress(hashed.with_name(f"{hashed.name}.gz").read_bytes()).decode() == whole


def test_the_address_of_a_sheet_changes_with_what_it_imports(collect):
    collect(SITE)
    before = staticfiles_storage.stored_name("css/site.css")
    root = collect({"css/note.css": ".note { color: red }"})
    after = staticfiles_storage.stored_name("css/site.css")
    assert after != before and "red" in (root / after).read_text()


def test_the_sheets_of_packages_stay_as_they_are(collect):
    root = collect({"admin/css/a.css": '@import url("b.css");', "admin/css/b.css": "b {}"})
    assert (root / "admin/css/a.css").read_text() == '@import url("b.css");'


def test_a_dry_run_writes_nothing(collect):
    assert not list(collect(SITE, dry_run=True).glob("**/*.css"))


def test_a_sheet_that_imports_one_that_is_not_there_is_refused(collect):
    with pytest.raises(KeyError, match="css/none.css"):
        collect({"css/site.css": '@import url("none.css");'})
