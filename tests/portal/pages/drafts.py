"""Staff at work on the draft of a page, and what its review page shows."""

from cms.models import PageContent
from django.test import Client
from django.urls import reverse
from djangocms_text.models import Text
from djangocms_versioning.models import Version

from portal.models import PageStep


class Desk(Client):
    """A member of staff at work on pages."""

    def __init__(self, user):
        super().__init__()
        self.force_login(user)
        self.user = user

    def begin(self, content, body="<p>Higher than last year.</p>"):
        """Begins a new draft of a published page and changes its text; returns its version."""
        published = Version.objects.get_for_content(PageContent.objects.get(page=content.page_id))
        address = reverse("admin:djangocms_versioning_pagecontentversion_edit_redirect", args=[published.pk])
        self.post(address)
        draft = Version.objects.filter_by_grouper(content.page).get(state="draft")
        self.write(draft, body)
        return Version.objects.get(pk=draft.pk)

    def write(self, draft, body):
        text = Text.objects.get(placeholder__in=draft.content.get_placeholders())
        address = reverse("admin:cms_placeholder_edit_plugin", args=[text.pk]) + "?cms_path=/tides/"
        self.post(address, {"body": body})
        assert Text.objects.get(pk=text.pk).body == body

    def open(self, draft):
        return self.get(review(draft))

    def press(self, draft, button, **fields):
        """Presses a button of the review page as it stands now; returns the page that follows."""
        seen = self.open(draft).context["seen"]
        prefix = "publish" if button == "schedule" else button
        data = {f"{prefix}-{name}": value for name, value in ({"seen": seen} | fields).items()}
        return self.post(review(draft), {"do": button} | data, follow=True)


def review(draft):
    return reverse("admin:page-review", args=[draft.pk])


def buttons(page):
    return {form.prefix for form in page.context["forms"].values()}


def refusals(page):
    return [
        error
        for form in page.context["forms"].values()
        for errors in form.errors.values()
        for error in errors
    ]


def kinds(draft):
    return list(PageStep.objects.filter(version=draft).values_list("kind", flat=True))


def state_of(draft):
    return Version.objects.get(pk=draft.pk).state


def shown():
    return Client().get("/tides/").content.decode()
