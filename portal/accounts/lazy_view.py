"""Views that are imported when they are first asked for.

What staff alone use brings libraries of 25 MB (passkeys, workbooks, documents), which a process that serves
pages to visitors does without.
"""

from django.utils.module_loading import import_string


def lazy_view(path):
    def view(request, *args, **kwargs):
        return import_string(path)(request, *args, **kwargs)

    return view
