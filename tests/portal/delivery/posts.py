"""What is sent with POST to each address: forms that somebody with all permissions would have accepted."""

import re
from urllib.parse import parse_qsl, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

from organisation.models import Organisation
from tests.support.html_forms import forms_to
from tests.support.people import PASSWORD
from tests.support.pictures import picture_bytes

# By a regular expression for the pattern of the address: the data, in which {names} are keys of the example.
WITHOUT_FORM = {
    r"accounts/login/": f"login=editor&password={PASSWORD}",
    r"accounts/start/<slug:name>/": "name=Words of a test",
    r"cms_login/": f"username=editor&password={PASSWORD}",
    r"admin/cms/page/.*/(move|copy)-page/\$": "id={page}&target={other_page}&position=0&copy_permissions=",
    r"admin/cms/page/.*/edit-field/\$": "title=Words of a test&_save=",
    r".*/\^(delete-plugin|clear-placeholder)/.*|.*/delete/": "post=yes",
    r".*/\^copy-plugins/\$": "source_plugin_id={plugin}&source_placeholder_id={placeholder}"
    "&target_placeholder_id={placeholder}&source_language=en&target_language=en",
    r".*/\^move-plugin/\$": "plugin_id={plugin}&target_language=en&target_position=1",
    r"admin/cms/pagecontent/.*/copy-language/\$": "target_language=en",
    r"admin/cms/pagecontent/.*/change-template/\$": "template=pages/home.html",
    r"admin/cms/usersettings/session_store/": "settings=%7B%7D",
    r".*/\^render-plugin/\$|.*/\^revert-on-cancel/\$": "token=made-up&plugin={plugin}",
    r"admin/organisation/source/<int:pk>/kind/": "kind=report",
    r"search/|search/suggest/|admin/search/": "q=words",
}
# Fields that a form does not ask for, though it refuses to go without, and those whose change tells more.
CHANGES = {
    r"admin/cms/page/.*/(advanced-settings|change)/\$?": "login_required=on",
    r"admin/cms/placeholder/\^add-plugin/\$": "body=<p>Words of a test.</p>",
    r"admin/impact/claim/new/": "source={quoted_source}&words=Nobody quotes this.",
    r"admin/organisation/succession/add/": "later={organisation}",
    r"admin/organisation/affiliation/add/": "with_whom={organisation}",
    r"admin/organisation/source/add/": "title=Words of a test",
    r"admin/organisation/sourcenote/add/": "passage={passage}",
    r"admin/organisation/picture/add/": "alt_text=Words of a test",
    r"admin/(organisation/(statement|milestone)|advocacy/ask)/(add|.*/change)/": "in_our_words=on",
    r"admin/advocacy/fold/add/": "heading=Words&not_on_record=Words of a test.&remark=",
    r"admin/redirects/redirect/add/": "old_path=/words-of-a-test/&new_path=/about/",
}
TWO_STEPS = r"admin/tables/<slug:name>/|(admin/cms/placeholder/\^)?cms_wizard/.*"
WIZARD = "/admin/cms/placeholder/cms_wizard/create/"
FORMS_ARE_LISTS = r"admin/\w+/\w+/"


ROWS = 12  # of a list, that an action is tried on
TABLES = {
    "claims": "organisation,statement\nharbour-aid,Words of a test\n",
    "publications": "kind,author,title\nreport,harbour-aid,Words of a test\n",
    "timeline": "organisation,title,text\nharbour-aid,Words,Words of a test\n",
}


def uploads_to(address):
    """Returns the fields of a form that takes a file: a table, a picture, or a document to be read."""
    if address.startswith("/admin/organisation/picture/add/"):
        return {"upload": SimpleUploadedFile("hill.png", picture_bytes(kind="PNG"))}
    if name := re.match(r"/admin/tables/(\w+)/", address):
        return {"file": SimpleUploadedFile("table.csv", TABLES[name[1]].encode())}
    if "/document/" not in address:
        return {}
    author = Organisation.objects.get(slug="harbour-aid").pk
    file = SimpleUploadedFile("report.txt", b"We taught 40 pilots and 12 sailors.\n")
    return {"file": file, "kind": "report", "title": "Report", "author": author, "may_be_read": "on"}


class Posts:
    """Makes the data of POST requests from the forms that a page shows to somebody with all permissions.

    `readers` are senders for those who may see a form, in the order in which they are asked: an
    administrator, and the author of the drafts.
    """

    def __init__(self, examples, readers):
        self.examples, self.readers = examples, readers

    def to(self, pattern, address):
        """Returns the data of each form and button that can be sent to an address; of one at least."""
        if data := self.written(WITHOUT_FORM, pattern):
            return [data]
        # The wizard is at two addresses, one of which sends its form to the other.
        if "cms_wizard" in pattern:
            address = f"{WIZARD}?{urlsplit(address).query}"
        of_author = re.search("placeholder|pagecontent|cms_wizard", pattern)
        for reader in reversed(self.readers) if of_author else self.readers:
            if posts := self.posts_of(reader, pattern, address):
                return posts
        return [{}]

    def written(self, table, pattern):
        """Returns the data that a table above holds for a pattern."""
        text = next((data for each, data in table.items() if re.fullmatch(each, pattern)), "")
        return dict(parse_qsl(text.format(**self.examples.primary_keys), keep_blank_values=True))

    def posts_of(self, reader, pattern, address):
        changes = self.written(CHANGES, pattern) | uploads_to(address)
        forms = forms_to(reader.try_out("get", address)[0], address)
        if re.fullmatch(FORMS_ARE_LISTS, pattern):
            return [post for form in forms for post in self.posts_of_list(reader, address, form)]
        posts = [post for form in forms for post in form.posts(**changes)]
        if re.fullmatch(TWO_STEPS, pattern):
            posts += [later for post in posts for later in self.next_step(reader, address, post)]
        return posts

    def posts_of_list(self, reader, address, form):
        """Yields the data of each action of a list, for its last rows; else of its form as it is."""
        rows = [field.attributes["value"] for field in form.fields if field.name == "_selected_action"]
        actions = [option for field in form.fields if field.name == "action" for option in field.options]
        deletable = self.examples.deletable_keys.get(address.split("/")[3])
        for action in filter(None, actions if rows else []):
            chosen = [deletable or rows[0]] if action == "delete_selected" else rows[-ROWS:]
            post = {"action": action, "_selected_action": chosen, "post": "yes"}
            yield from self.next_step(reader, address, post) or [post]
        yield from form.posts()

    def next_step(self, reader, address, post):
        """Returns the data of the form with which a page answers a first one."""
        answer = reader.try_out("post", address, post)[0]
        return [later for form in forms_to(answer, address) for later in form.posts()]
