from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0007_organisation_page")]

    operations = [
        *(
            migrations.AddField(name, "withheld", models.JSONField(default=list, editable=False))
            for name in ("historicalsource", "source")
        ),
        migrations.AddField(
            "takedown",
            "withheld",
            models.JSONField(default=list, help_text="The passages whose words nobody may read."),
        ),
    ]
