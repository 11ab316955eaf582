import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0004_attempts'),
    ]

    operations = [
        migrations.RenameModel('Reading', 'DocumentImport'),
        migrations.AlterModelOptions(
            name='documentimport',
            options={'verbose_name': 'imported document', 'verbose_name_plural': 'imported documents'},
        ),
        migrations.AlterField(
            model_name='documentimport',
            name='source',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='document_import', to='organisation.source', verbose_name='source'),
        ),
    ]
