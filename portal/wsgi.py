"""The WSGI application that the server runs: Django behind the page cache."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .delivery.generation import generation
from .delivery.page_cache import PageCache
from .operations.system_checks import redirect_loop

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django = get_wsgi_application()

# A server that is started by itself runs no system checks.
if sentence := redirect_loop():
    logging.getLogger("portal").error(sentence)

# The database may have changed while no server ran, for example by a restored backup.
generation().bump()
application = PageCache(
    django,
    generation().current,
    personal_cookies=[settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
)
