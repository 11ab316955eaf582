from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0006_page_steps'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='decision',
            options={'ordering': ['source', 'start', 'pk'], 'verbose_name': 'decision on a suggestion', 'verbose_name_plural': 'decisions on suggestions'},
        ),
        migrations.AlterField(
            model_name='decision',
            name='values',
            field=models.JSONField(default=dict, help_text='What an accepted suggestion becomes once it is put on record.'),
        ),
    ]
