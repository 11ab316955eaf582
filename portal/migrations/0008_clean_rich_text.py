from django.db import migrations, models

from portal.pages.stored_text import clean_stored_text

KINDS = [
    ("submitted", "submitted"),
    ("taken back", "taken back"),
    ("returned", "returned"),
    ("confirmed", "confirmed"),
    ("scheduled", "scheduled"),
    ("unscheduled", "taken off the schedule"),
    ("cleaned", "cleaned"),
]


def clean(apps, schema_editor):
    lines = list(clean_stored_text(apps))
    if lines:
        print(f"\n  Rich text keeps what the style sheet knows. Taken from {len(lines)} versions of pages:")
        print(*(f"    {line}" for line in lines), sep="\n")


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0045_pageurl_site_unique_path"),
        ("djangocms_text", "0004_remove_old_ckeditor_table"),
        ("djangocms_versioning", "0018_fix_typo"),
        ("portal", "0007_suggestions"),
    ]

    operations = [
        migrations.AlterField(
            "pagestep", "kind", models.CharField(choices=KINDS, max_length=20, verbose_name="step")
        ),
        migrations.RunPython(clean, migrations.RunPython.noop),
    ]
