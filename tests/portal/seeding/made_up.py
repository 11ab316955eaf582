"""A folder of fixtures that are empty but for what a test writes into them."""

import json

from portal.seeding.records import FILES, RecordSeeder
from portal.seeding.staff import seed_user
from tests.support.people import alice


class Fixtures:
    def __init__(self, folder):
        self.folder = folder
        for name in (*FILES, "conflicts", "pages"):
            self.write(name, [])

    def write(self, name, entries):
        (self.folder / f"{name}.json").write_text(json.dumps(entries))

    def load(self, overwrite=False, **files):
        """Writes entries into files, loads all files, and returns the seeder."""
        for name, entries in files.items():
            self.write(name, entries)
        seeder = RecordSeeder(seed_user(), alice(), overwrite)
        seeder.load()
        return seeder
