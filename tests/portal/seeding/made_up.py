"""A folder of fixtures that are empty but for what a test writes into them, and entries of Harbour Aid."""

import json

from portal.seeding.records import FILES, RecordSeeder
from portal.seeding.staff import seed_user
from tests.support.people import alice

AID = {"slug": "harbour-aid", "official_name": "Harbour Aid", "profiled": True}
LOG = {"slug": "log", "kind": "web page", "title": "Log", "text": "We taught 40. We taught 10. We taught 20."}
VISION = {
    "organisation": "harbour-aid",
    "slug": "vision",
    "kind": "vision",
    "text": "A calm sea",
    "title": "Sea",
}


class Fixtures:
    def __init__(self, folder):
        self.folder = folder
        for name in (*FILES, "conflicts", "pages"):
            self.write(name, [])
        self.write("site", {})

    def write(self, name, entries):
        (self.folder / f"{name}.json").write_text(json.dumps(entries))

    def load(self, overwrite=False, **files):
        """Writes entries into files, loads all files, and returns the seeder."""
        for name, entries in files.items():
            self.write(name, entries)
        seeder = RecordSeeder(seed_user(), alice(), overwrite)
        seeder.load()
        return seeder
