"""What the server runs: Django, with the pages that it has rendered kept before it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .delivery.generation import generation
from .delivery.page_cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django = get_wsgi_application()

generation().bump()  # whatever happened while no server ran
application = PageCache(
    django, generation().now, cookies=[settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]
)
