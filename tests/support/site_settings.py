"""The settings of the site, as they stand once somebody has accepted them."""

from django.apps import apps


def set_up_site(**fields):
    """Sets fields of the settings of the site, which visitors see from the next request on."""
    # By its name, since the settings are not read yet when this module is imported to start the tests.
    model = apps.get_model("organisation.SiteSettings")
    row = model.objects.get()
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    model.objects.update(**fields)
