"""What the server runs: Django, with the pages that it has rendered kept before it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .delivery.generation import content
from .delivery.page_cache import KeptPages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django = get_wsgi_application()

content().raise_it()  # whatever happened while no server ran
application = KeptPages(
    django, content().now, cookies=[settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]
)
