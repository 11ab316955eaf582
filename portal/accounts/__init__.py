"""Logs staff in with a password and a second factor, through django-allauth alone."""
