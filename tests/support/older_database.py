"""Takes the last migration of the stories back in SQL, and brings it in again, for tests of older backups."""

TO_OLDER = [
    "ALTER TABLE advocacy_storyblock DROP COLUMN is_brief",
    "DELETE FROM django_migrations WHERE name = '0007_brief_stories'",
]
TO_NEWER = [
    "ALTER TABLE advocacy_storyblock ADD COLUMN is_brief boolean NOT NULL DEFAULT false",
    "INSERT INTO django_migrations (app, name, applied)"
    " VALUES ('advocacy', '0007_brief_stories', CURRENT_TIMESTAMP)",
]
