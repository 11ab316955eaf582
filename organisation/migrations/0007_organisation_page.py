from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Concat


def find_pages(apps, schema_editor):
    """Marks the organisations whose profile visitors find. A page that is not published has no path."""
    urls = apps.get_model("cms", "PageUrl").objects.filter(
        language=settings.LANGUAGE_CODE,
        page__login_required=False,
        path=Concat(models.Value("organisations/"), models.OuterRef("slug")),
    )
    organisations = apps.get_model("organisation", "Organisation").objects
    organisations.filter(models.Exists(urls)).update(has_page=True)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0045_pageurl_site_unique_path"),
        ("organisation", "0006_proposal_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="has_page",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Whether visitors find a page at the address of its profile.",
            ),
        )
        for name in ("historicalorganisation", "organisation")
    ] + [migrations.RunPython(find_pages, migrations.RunPython.noop)]
