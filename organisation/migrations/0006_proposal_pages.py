
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0005_takedowns'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='pages',
            field=models.JSONField(default=list),
        ),
    ]
