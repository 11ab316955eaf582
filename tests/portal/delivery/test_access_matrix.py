"""Who may ask what: every address of the site, by each kind of person. An address without a row here fails."""

import re
from http.cookies import SimpleCookie

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from tests.support.people import alice, bob

from .addresses import Examples, patterns

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::cms.utils.compat.warnings.RemovedInDjangoCMS60Warning"),
]

RECORDS = "organisation/(organisation|succession|milestone|affiliation|source|sourcenote|statement)|impact/claim|advocacy/(instrument|ask)"
ACCOUNTS = "auth/(group|user)|sites/site"
OBJECT = "<path:object_id>"

# How they are answered, one letter each: nobody, a user who is no staff, staff without rights, Alice the editor, Bob the publisher, an administrator.
# o: an answer   l: to the login   r: led on   f: forbidden   n: not there   m: not this way   b: not like this
# x: the CMS fails where something is missing that its pages always send
# First GET, then POST without any data; then what stands in the pattern of the address, as a regular expression.
TABLE = f"""
oooooo mmmmmm  api/v1/.*[^#]|api/v1/
nnnnnn mmmmmm  api/\\^\\(\\?!docs/\\?\\$\\)
oooooo mmmmmm  data/(claims|editions|figures|evidence|organisations|timeline|publications|instruments)\\.(csv|json|xlsx)|timeline\\.csv
oooooo oooooo  healthz|readyz|data/datapackage\\.json|robots\\.txt|sitemap\\.xml|sitemap-<slug:section>-<int:part>\\.xml|api/docs/|data/charts/.*
oooooo oooooo  embed/.*|evidence/e<int:number>-<slug:slug>/|evidence/e<int:number>/v.*|feeds/.*|impact/report.*|instruments/.*|organisations/.*|publications/.*
oooooo oooooo  search/|search/suggest/|share\\.png|site\\.webmanifest|sources/.*|support/factsheet\\.pdf|timeline\\.ics|\\^\\(\\?P<slug>.*|
rrrrrr rrrrrr  favicon\\.ico|evidence/e<int:number>/
bbbbbb bbbbbb  oembed
nnnnnn nnnnnn  \\.well-known/security\\.txt|review/<str:secret>/

orrrrr orrrrr  accounts/login/
rooooo rrrrrr  accounts/logout/
oooooo mmmmmm  accounts/inactive/
rrrrrr rrrrrr  accounts/|accounts/password/set/
llllll llllll  cms_login/
looooo looooo  accounts/reauthenticate/|accounts/password/change/
looooo lmmmmm  accounts/2fa/|accounts/2fa/webauthn/
lrrrrr lrrrrr  accounts/2fa/(authenticate|totp/activate|recovery-codes/generate|webauthn/add|webauthn/login|webauthn/keys/<int:pk>/(edit|remove))/
lrrrrr lrrrrr  accounts/2fa/(reauthenticate|webauthn/reauthenticate)/
lnnnnn lnnnnn  accounts/2fa/totp/deactivate/|accounts/2fa/recovery-codes/download/
lnnnnn lmmmmm  accounts/2fa/recovery-codes/

lloooo lloooo  admin/|admin/search/|styleguide/
lfrrrr lfrrrr  admin/login/
rrmmmm rrrrrr  admin/logout/
llrrrr llrrrr  admin/password_change/
lloooo llmmmm  admin/password_change/done/|admin/jsi18n/
llffff llmmmm  admin/autocomplete/
llnnnn llnnnn  admin/r/.*|admin/\\(\\?P<url>.*
llnooo llnooo  admin/\\^\\(\\?P<app_label>.*
llfooo llfooo  admin/(completeness|unsourced|impact/claim/new|impact/claim/new/similar|impact/claim/new/text|organisation/source/document|tables|tables/<slug:name>)/
llfooo llfooo  admin/tables/<slug:name>\\.<str:ending>
llffoo llffoo  admin/undo/edition/<int:pk>/
llffnn llffnn  admin/undo/withdrawal/<int:pk>/
llfnnn llfnnn  admin/undo/<str:label>/<int:pk>/
llfooo llfrrr  admin/organisation/source/<int:pk>/reading/(held/)?
llmmmm llfrrr  admin/(organisation/statement|impact/claim)/{OBJECT}/still-true/
llfooo llfbbb  admin/impact/claim/<int:pk>/review/
llfnnn llfmmm  admin/impact/claim/<int:pk>/review/preview/

llfooo llfooo  admin/({RECORDS}|impact/highlight)/(add/|{OBJECT}/(change|history)/)?
llrrrr llrrrr  admin/({RECORDS}|{ACCOUNTS}|impact/(highlight|conflict|edition)|organisation/passage|cms/page)/{OBJECT}/
llffoo llffoo  admin/({RECORDS})/{OBJECT}/delete/
llfooo llfooo  admin/({RECORDS}|impact/highlight)/\\^.*/history/.*
llfooo llfooo  admin/impact/highlight/{OBJECT}/delete/
llfooo llfooo  admin/(organisation/passage|impact/(conflict|edition))/({OBJECT}/history/)?
llffff llffff  admin/(organisation/passage|impact/(conflict|edition))/add/|admin/impact/(conflict|edition)/{OBJECT}/delete/
llfooo llfooo  admin/(organisation/passage|impact/conflict)/{OBJECT}/change/
llffoo llffoo  admin/organisation/passage/{OBJECT}/delete/
llfooo llffff  admin/impact/edition/{OBJECT}/change/
llfffo llfffo  admin/({ACCOUNTS})/(add/|{OBJECT}/(change|delete|history)/)?|admin/auth/user/<id>/password/

lloooo lloooo  admin/cms/usersettings/|admin/cms/usersettings/\\^\\(\\.\\+\\)/\\$
oooooo ooxxxx  admin/cms/usersettings/session_store/
llbbbb llbbbb  admin/cms/usersettings/cms-toolbar/

lffrrr lffrrr  admin/(cms/page|djangocms_versioning/pagecontentversion)/
lffooo lffooo  admin/(cms/page|cms/pagecontent|djangocms_versioning/pagecontentversion)/{OBJECT}/history/
lfffff lfffff  admin/(cms/page|djangocms_versioning/pagecontentversion)/add/|admin/djangocms_versioning/pagecontentversion/{OBJECT}/delete/|admin/cms/page/\\^list/\\$
lffooo lffrrr  admin/cms/page/({OBJECT}/change/|.*/advanced-settings/\\$)
lffffo lffffo  admin/cms/page/{OBJECT}/delete/
lffooo lffooo  admin/cms/page/.*/(actions-menu|permissions|dialog/copy)/\\$
lffnnn lffnnn  admin/cms/page/.*/edit-field/\\$
lffmmm lffooo  admin/cms/page/.*/(move-page|copy-page|set-home)/\\$
fffbbb fffbbb  admin/cms/page/\\^plugin/text_plugin/\\^render-plugin/\\$
mffmmm fffooo  admin/cms/page/\\^plugin/text_plugin/\\^(revert-on-cancel|messages)/\\$
fffooo fffooo  admin/cms/page/\\^plugin/text_plugin/\\^urls/\\$
fffooo fffbbb  cms_wizard/.*|admin/cms/placeholder/\\^cms_wizard/.*
lffmmm lffxxx  admin/cms/placeholder/\\^(copy-plugins|move-plugin)/\\$
lffbbb lffbbb  admin/cms/placeholder/\\^add-plugin/\\$
lfffff lfffff  admin/cms/placeholder/\\^(edit|delete)-plugin/.*
lffooo lffooo  admin/cms/placeholder/\\^edit-field/.*
lffoff lffoff  admin/cms/placeholder/\\^clear-placeholder/.*
lfforr lfforr  admin/cms/placeholder/\\^object/.*/edit/.*
lffooo lffooo  admin/cms/placeholder/\\^object/.*/(structure|preview)/.*
lffooo lffooo  admin/cms/pagecontent/(add/|\\^get-tree/\\$|.*/duplicate/\\$)?
lffooo lffoff  admin/cms/pagecontent/{OBJECT}/change/
lffffb lffffb  admin/cms/pagecontent/{OBJECT}/delete/
llrrrr llrrrr  admin/(cms/pagecontent|djangocms_versioning/pagecontentversion)/{OBJECT}/
lffbbb lffbbb  admin/cms/pagecontent/.*/copy-language/\\$
lffmff lffoff  admin/cms/pagecontent/.*/change-navigation/\\$
lffmmm lffbff  admin/cms/pagecontent/.*/change-template/\\$
lffooo lfffff  admin/djangocms_versioning/pagecontentversion/{OBJECT}/change/
lffooo lffooo  admin/djangocms_versioning/pagecontentversion/(select|{OBJECT}/compare)/
lffrrr lffrrr  admin/djangocms_versioning/pagecontentversion/{OBJECT}/(archive|unpublish|revert)/
lffmmm lffrrr  admin/djangocms_versioning/pagecontentversion/{OBJECT}/(publish|edit-redirect)/
lfforr lffrrr  admin/djangocms_versioning/pagecontentversion/{OBJECT}/discard/
lffmmm lfffrr  admin/djangocms_versioning/pagecontentversion/{OBJECT}/unlock/
"""
ROWS = [
    line.split(maxsplit=2) if len(line.split()) > 2 else [*line.split(), ""]
    for line in TABLE.strip().splitlines()
    if line
]
ROLES = ["nobody", "user", "staff", "editor", "publisher", "administrator"]
LETTERS = {200: "o", 204: "o", 400: "b", 422: "b", 403: "f", 404: "n", 405: "m", 410: "n"}
# Kept for whoever asks, and what the login counts.
COUNTED_APART = {"Session", "Attempt"}


def row_of(pattern):
    found = [row for row in ROWS if re.fullmatch(row[2], pattern)]
    assert len(found) == 1, (pattern, found)
    return found[0]


def person(role):
    users = get_user_model().objects
    return {
        "nobody": lambda: None,
        "user": lambda: users.create_user("charlie", password="!"),
        "staff": lambda: users.create_user("dana", password="!", is_staff=True),
        "editor": alice,
        "publisher": bob,
        "administrator": lambda: users.create_superuser("admin", password="!"),
    }[role]()


class Sender:
    """Sends each request as if it were the first after the login, and leaves nothing behind."""

    def __init__(self, role):
        self.role = role
        self.client = Client(raise_request_exception=False)
        if user := person(role):
            self.client.force_login(user)
            self.client.get(
                "/admin/"
            )  # with the first visit the CMS keeps settings and a clipboard for somebody
        self.cookies = {name: cookie.value for name, cookie in self.client.cookies.items()}

    def send(self, method, address):
        self.client.cookies = SimpleCookie(self.cookies)
        kept = transaction.savepoint()
        answer = getattr(self.client, method)(address)
        rows = counts() if method == "get" and self.role == "publisher" else None
        transaction.savepoint_rollback(kept)
        return answer, rows


def counts():
    """The number of rows of every table."""
    there = set(connection.introspection.table_names())
    models = [
        model
        for model in apps.get_models()
        if model._meta.db_table in there and model.__name__ not in COUNTED_APART
    ]
    return {model.__name__: model._base_manager.count() for model in models}


def letter(answer):
    if answer.status_code in (301, 302):
        return "l" if "login/" in answer["Location"] else "r"
    return LETTERS.get(answer.status_code, "x")


def test_every_address_has_one_row_and_every_row_an_address():
    used = [row_of(pattern) for pattern, _name in patterns()]
    assert [row for row in ROWS if row not in used] == []


def asked_of(role, row):
    """An administrator may what a publisher may, and a page for visitors is the same for all who are logged in: they are not asked twice."""
    place = ROLES.index(role)
    if role == "administrator":
        return any(answers[place] != answers[place - 1] for answers in row[:2])
    return role in ("nobody", "publisher") or any(len(set(answers)) > 1 for answers in row[:2])


@pytest.mark.parametrize("role", ROLES)
def test_everybody_is_answered_as_the_table_says(role, caplog):
    caplog.set_level("CRITICAL", "django.request")
    examples, wrong, place = Examples(), [], ROLES.index(role)
    sender, untouched = Sender(role), counts()
    for pattern, _name in patterns():
        row, address = row_of(pattern), examples.address(pattern)
        for method, expected in zip(("get", "post"), row) if asked_of(role, row) else ():
            answer, after = sender.send(method, address)
            if letter(answer) != expected[place]:
                wrong.append(
                    f"{method} {address}: {letter(answer)} ({answer.status_code}), not {expected[place]}"
                )
            if after and after != untouched:
                wrong.append(
                    f"get {address} changed {[name for name in after if after[name] != untouched[name]]}"
                )
            if (answer.cookies or role != "nobody") and not {"no-store", "private"} <= set(
                answer["Cache-Control"].replace(" ", "").split(",")
            ):
                wrong.append(f"{method} {address} could be kept by a cache: {answer['Cache-Control']}")
    assert wrong == [], "\n".join(wrong)


def test_no_form_is_taken_without_its_token():
    """Whatever is answered at all to a request that changes something, of somebody who may."""
    client, taken = Client(enforce_csrf_checks=True, raise_request_exception=False), []
    client.force_login(bob())
    examples = Examples()
    for pattern, _name in patterns():
        for method in (client.post, client.put, client.patch, client.delete):
            if method(examples.address(pattern)).status_code not in (403, 404, 405):
                taken.append(pattern)
    assert taken == []
