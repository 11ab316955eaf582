from django.urls import URLPattern, include, path, re_path

from .endpoints import api
from .http import not_found, read_only_api

# Not `app_name`: Django would read that name as this module's own, and nest the namespaces.
patterns, ninja_app, namespace = api.urls
read_only_patterns = [
    URLPattern(each.pattern, read_only_api(each.callback), each.default_args, each.name) for each in patterns
]

urlpatterns = [
    path("v1/", include((read_only_patterns, ninja_app), namespace)),
    # The page for people stands among the site's own, in every language.
    re_path(r"^(?!docs/?$)", not_found),
]
