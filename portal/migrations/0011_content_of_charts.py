from django.db import migrations

# What the charts showed while that stood in the code: (former kind, kind, title).
TRAINING = ('training', 'figures', 'Reach of the training')
PUBLICATIONS = ('publications', 'publications', "The Coalition's publications, 2004 to 2007")


def choose(apps, schema_editor):
    """Gives each chart what it has shown, and its former title where it has no heading."""
    ChartBlock = apps.get_model('portal', 'ChartBlock')
    claim = apps.get_model('impact', 'Claim').objects.filter(number=10).first()
    organisation = apps.get_model('organisation', 'Organisation').objects.filter(slug='coalition').first()
    years = {'first_year': 2004, 'last_year': 2007} if organisation else {}
    for (former, kind, heading), values in (
        (TRAINING, {'claim': claim}),
        (PUBLICATIONS, {'organisation': organisation} | years),
    ):
        blocks = ChartBlock.objects.filter(chart=former)
        if any(values.values()):
            blocks.filter(heading='').update(heading=heading)
        blocks.update(chart=kind, **values)


def forget(apps, schema_editor):
    apps.get_model('portal', 'ChartBlock').objects.filter(chart='figures').update(chart='training')


class Migration(migrations.Migration):
    """Apart from 0010: PostgreSQL adds no index to a table whose rows changed in the same transaction."""

    dependencies = [('portal', '0010_chosen_charts')]

    operations = [migrations.RunPython(choose, forget)]
