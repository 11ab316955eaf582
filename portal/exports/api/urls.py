from django.urls import URLPattern, include, path, re_path

from .http import read_only_api, not_found
from .operations import api

offered, application, namespace = api.urls
behind_the_door = [
    URLPattern(each.pattern, read_only_api(each.callback), each.default_args, each.name) for each in offered
]

urlpatterns = [
    path("v1/", include((behind_the_door, application), namespace)),
    # The page for people stands among the site's own, in every language.
    re_path(r"^(?!docs/?$)", not_found),
]
