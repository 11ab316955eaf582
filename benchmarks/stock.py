"""Makes a stock django CMS site to compare with: its tutorial's settings, pages of text, its page cache."""

import os
import subprocess
import sys
from pathlib import Path

SETTINGS = """
from pathlib import Path
DEBUG = False
SECRET_KEY = "for a benchmark on this machine alone"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
SITE_ID = 1
ROOT_URLCONF = "stock_urls"
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(__file__).parent / "stock.sqlite3"}
}
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "cms",
    "menus",
    "treebeard",
    "sekizai",
    "djangocms_versioning",
    "djangocms_text",
]
MIDDLEWARE = [
    "cms.middleware.utils.ApphookReloadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.user.CurrentUserMiddleware",
    "cms.middleware.page.CurrentPageMiddleware",
    "cms.middleware.toolbar.ToolbarMiddleware",
]
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "sekizai.context_processors.sekizai",
    "cms.context_processors.cms_settings",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]
CMS_CONFIRM_VERSION4 = True
CMS_TEMPLATES = [("stock.html", "Page")]
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
CMS_CACHE_DURATIONS = {"content": 3600, "menus": 3600, "permissions": 3600}
"""
URLS = """
from django.contrib import admin
from django.urls import include, path
urlpatterns = [path("admin/", admin.site.urls), path("", include("cms.urls"))]
"""
TEMPLATE = (
    '{% load cms_tags menu_tags sekizai_tags %}<!doctype html><html lang="en"><head>'
    '<title>{% page_attribute "page_title" %}</title>{% render_block "css" %}</head>\n'
    "<body>{% cms_toolbar %}<ul>{% show_menu 0 100 100 100 %}</ul>"
    '{% placeholder "content" %}{% render_block "js" %}</body></html>'
)
FILL = """
from cms.api import add_plugin, create_page
from cms.models import Page
from django.contrib.auth import get_user_model
from django.db import transaction
from djangocms_versioning.models import Version
user = get_user_model().objects.create(username="editor", is_staff=True, is_superuser=True)
body = "<p>" + "The words of a stock page, as many as those of the page beside it. " * 24 + "</p>"
for number in range(8):
    page = create_page(f"Page {number}", "stock.html", "en", created_by=user, in_navigation=True)
    content = page.pagecontent_set(manager="admin_manager").get()
    placeholder = content.get_placeholders().get(slot="content")
    for block in range(11):
        add_plugin(placeholder, "TextPlugin", "en", body=body)
    Version.objects.get_for_content(content).publish(user)
    if not number:
        with transaction.atomic():
            Page.objects.get(pk=page.pk).set_as_homepage(user)
"""


class Stock:
    """A site in a folder, and the command lines of two servers for it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        for name, text in {
            "stock_settings.py": SETTINGS,
            "stock_urls.py": URLS,
            "stock.html": TEMPLATE,
            "stock_wsgi.py": WSGI,
        }.items():
            (self.folder / name).write_text(text)
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "stock_settings",
            "PYTHONPATH": str(folder),
        }
        self.manage("migrate", "--verbosity=0")
        self.manage("shell", "--verbosity=0", "-c", FILL)

    def manage(self, *arguments):
        subprocess.run(
            [sys.executable, "-m", "django", *arguments], env=self.environment, cwd=self.folder, check=True
        )

    def output_of(self, *arguments):
        """Returns what a command prints."""
        command = [sys.executable, "-m", "django", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout

    def gunicorn(self, port):
        return [
            sys.executable,
            "-m",
            "gunicorn",
            "--workers=1",
            f"--bind=127.0.0.1:{port}",
            "--log-level=error",
            "stock_wsgi:application",
        ]

    def granian(self, port):
        options = (
            "--interface wsgi stock_wsgi:application --workers 1 --blocking-threads 4 "
            f"--log-level warning --host 127.0.0.1 --port {port}"
        )
        return [sys.executable, "-m", "granian", *options.split()]


WSGI = """
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
