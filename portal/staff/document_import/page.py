"""The permissions and the frame that the pages of documents share."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

READ_PERMISSIONS = ("organisation.view_source", "impact.view_claim")
DECIDE_PERMISSIONS = ("organisation.change_source", "impact.add_claim")


def render_page(request, template, title, **context):
    return render(
        request,
        f"admin/document_import/{template}.html",
        admin.site.each_context(request) | {"title": title} | context,
    )


def require_permissions(request, *permissions):
    if not request.user.has_perms(permissions):
        raise PermissionDenied
