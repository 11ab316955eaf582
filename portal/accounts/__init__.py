"""How staff log in, with a password and a second factor: one door, through django-allauth."""
