"""The access matrix: how each address of the site answers each role, for GET and for POST with valid data."""

import re
from dataclasses import dataclass

ROLES = ["visitor", "user", "staff", "editor", "publisher", "administrator"]
# The word for each status. A redirect is “login” if it leads there, and any other status is a “failure”: the
# CMS fails where something is missing that its pages always send.
OUTCOMES = {
    200: "ok",
    204: "ok",
    301: "redirect",
    302: "redirect",
    400: "bad-request",
    403: "forbidden",
    404: "missing",
    405: "not-allowed",
    410: "missing",
    422: "bad-request",
}

OTHER_RECORDS = (
    "organisation/(organisation|succession|milestone|affiliation|source|sourcenote|term)"
    "|advocacy/(instrument|ask|storyofchange)|impact/indicator"
)
PICTURES = "organisation/picture"
PARTS = "impact/highlight|advocacy/fold"
RECORDS = f"{OTHER_RECORDS}|{PICTURES}|organisation/statement|impact/claim"
ACCOUNTS = "auth/(group|user)|sites/site"
WITH_TEXT = "(text|buttons|columns)_plugin"
OBJECT = "<path:object_id>"

# A “user” is logged in but no staff, and “staff” has no permissions; “others” are all roles that a line does
# not name. The indented lines are regular expressions, which match the URL patterns that answer so.
MATRIX = rf"""
# Pages, files and the API: the same for everybody.
GET:  everybody=ok
POST: everybody=not-allowed
    api/v1/.*[^#]|api/v1/
    data/(claims|editions|figures|indicators|readings|evidence|organisations|timeline|publications|instruments|stories)\.(csv|json|xlsx)
    timeline\.csv
GET:  everybody=missing
POST: everybody=not-allowed
    api/\^\(\?!docs/\?\$\)
    accounts/start/(colours/|open/<str:token>/)?
GET and POST: everybody=ok
    healthz|readyz|data/datapackage\.json|robots\.txt|sitemap\.xml
    sitemap-<slug:section>-<int:part>\.xml|api/docs/|data/charts/.*
    look-<slug:look_hash>(\.css|\.svg|/<int:side>\.png)|oembed|embed/.*|evidence/e<int:number>-<slug:slug>/|evidence/e<int:number>/v.*|feeds/.*|impact/report.*
    indicators/i<int:number>-<slug:slug>/|instruments/.*|organisations/.*|publications/.*
    search/|search/suggest/|share\.png|site\.webmanifest|sources/.*|support/factsheet\.pdf|timeline\.ics
    \^\(\?P<slug>.*|
GET and POST: everybody=redirect
    favicon\.ico|(evidence/e|indicators/i)<int:number>/
GET and POST: everybody=missing
    accounts/start/<slug:name>/
    \.well-known/security\.txt|review/<str:secret>/
    pictures/<slug:reference>/<int:width>\.<slug:ending>

# The login and the second factor.
GET:  visitor=ok others=redirect
POST: everybody=redirect
    accounts/login/
GET:  visitor=redirect others=ok
POST: everybody=redirect
    accounts/logout/
GET:  everybody=ok
POST: everybody=not-allowed
    accounts/inactive/
GET and POST: everybody=redirect
    accounts/|accounts/password/set/
GET and POST: everybody=login
    cms_login/
GET:  visitor=login others=ok
POST: visitor=login others=redirect
    accounts/reauthenticate/|accounts/password/change/
GET:  visitor=login others=ok
POST: visitor=login others=not-allowed
    accounts/2fa/|accounts/2fa/webauthn/
GET and POST: visitor=login others=redirect
    accounts/2fa/(authenticate|totp/activate|recovery-codes/generate)/
    accounts/2fa/(webauthn/add|webauthn/login|webauthn/keys/<int:pk>/(edit|remove))/
    accounts/2fa/(reauthenticate|webauthn/reauthenticate)/
GET and POST: visitor=login others=missing
    accounts/2fa/totp/deactivate/|accounts/2fa/recovery-codes/download/
GET:  visitor=login others=missing
POST: visitor=login others=not-allowed
    accounts/2fa/recovery-codes/

# The desk, and other pages of the admin that belong to no model.
GET and POST: visitor,user=login others=ok
    admin/|admin/search/|admin/log/|styleguide/
GET and POST: visitor=login user=forbidden others=redirect
    admin/login/
GET:  visitor,user=redirect others=not-allowed
POST: everybody=redirect
    admin/logout/
GET and POST: visitor,user=login others=redirect
    admin/password_change/
GET:  visitor,user=login others=ok
POST: visitor,user=login others=not-allowed
    admin/password_change/done/|admin/jsi18n/
GET:  visitor,user=login staff=forbidden others=ok
POST: visitor,user=login others=not-allowed
    admin/autocomplete/
GET and POST: visitor,user=login others=missing
    admin/r/.*|admin/\(\?P<url>.*
GET and POST: visitor,user=login staff=missing others=ok
    admin/\^\(\?P<app_label>.*
GET and POST: visitor,user=login staff=forbidden others=ok
    admin/organisation/sitesettings/look/
    admin/(completeness|unsourced|pages/(drafts|<int:pk>/look(/<slug:way>)?)|impact/claim/new/(similar|text)|tables|tables/<slug:name>)/
    admin/tables/<slug:name>\.<str:ending>
    admin/{PICTURES}/(<int:pk>/preview/|receipt/<slug:reference>/)?
GET:  visitor,user=login staff,editor=forbidden publisher,administrator=ok
POST: visitor,user=login staff,editor=forbidden publisher,administrator=redirect
    admin/undo/(edition|withdrawal)/<int:pk>/
    admin/{PICTURES}/consent/<int:pk>/withdraw/
GET:  visitor,user=login staff=forbidden others=ok
POST: visitor,user=login staff=forbidden others=redirect
    admin/undo/<str:label>/<int:pk>/
    admin/impact/claim/new/|admin/organisation/source/(document|<int:pk>/reading(/held)?)/
    admin/(impact/claim|pages)/<int:pk>/review/
    admin/{PICTURES}/consent/<int:pk>/confirm/
GET:  visitor,user=login staff=forbidden others=ok
POST: visitor,user=login staff,publisher=forbidden others=redirect
    admin/takedowns/<int:pk>/
GET:  visitor,user=login others=not-allowed
POST: visitor,user=login staff=forbidden others=redirect
    admin/organisation/source/<int:pk>/kind/
    admin/(organisation/statement|impact/claim)/{OBJECT}/still-true/
GET:  visitor,user=login staff=forbidden others=missing
POST: visitor,user=login staff=forbidden others=not-allowed
    admin/impact/claim/<int:pk>/review/preview/

# The admin of records and accounts. The list of each is sent its first action, which deletes where one may.
GET:  visitor,user=login staff=forbidden others=ok
POST: visitor,user=login staff=forbidden others=redirect
    admin/({RECORDS}|{PARTS})/(add/|{OBJECT}/change/|\^.*/history/.*)
    admin/({PARTS})/{OBJECT}/delete/|admin/({PARTS}|impact/claim|organisation/statement)/
    admin/(organisation/(passage|sitesettings)|impact/conflict)/{OBJECT}/change/
    admin/organisation/sitesettings/\^.*/history/.*
GET:  visitor,user=login staff=forbidden others=ok
POST: visitor,user=login staff=forbidden editor=ok publisher,administrator=redirect
    admin/({OTHER_RECORDS}|organisation/passage|redirects/redirect)/
GET and POST: visitor,user=login staff=forbidden others=ok
    admin/({RECORDS}|organisation/(passage|proposal)|redirects/redirect)/{OBJECT}/history/
    admin/({PARTS}|impact/(conflict|edition)|organisation/sitesettings)/{OBJECT}/history/
    admin/(organisation/proposal|impact/(conflict|edition))/
GET and POST: visitor,user=login others=redirect
    admin/({RECORDS}|{ACCOUNTS}|{PARTS}|impact/(conflict|edition)|cms/page|redirects/redirect)/{OBJECT}/
    admin/organisation/(passage|proposal|sitesettings)/{OBJECT}/
GET and POST: visitor,user=login staff=forbidden others=redirect
    admin/organisation/sitesettings/
GET:  visitor,user=login staff,editor=forbidden publisher,administrator=ok
POST: visitor,user=login staff,editor=forbidden publisher,administrator=redirect
    admin/({RECORDS}|organisation/passage)/{OBJECT}/delete/
    admin/redirects/redirect/(add/|{OBJECT}/delete/)
GET:  visitor,user=login staff=forbidden others=ok
POST: visitor,user=login staff,editor=forbidden publisher,administrator=redirect
    admin/(redirects/redirect|organisation/proposal)/{OBJECT}/change/
GET and POST: visitor,user=login others=forbidden
    admin/(organisation/(passage|sitesettings)|impact/(conflict|edition))/add/
    admin/(organisation/(proposal|sitesettings)|impact/(conflict|edition))/{OBJECT}/delete/
GET and POST: visitor,user=login staff=forbidden others=missing
    admin/organisation/proposal/add/
GET:  visitor,user=login staff=forbidden others=ok
POST: visitor,user=login others=forbidden
    admin/impact/edition/{OBJECT}/change/
GET:  visitor,user=login staff,editor,publisher=forbidden administrator=ok
POST: visitor,user=login staff,editor,publisher=forbidden administrator=redirect
    admin/auth/(group|user)/(add/|{OBJECT}/(change|delete)/)?|admin/auth/user/<id>/password/
    admin/sites/site/(add|{OBJECT}/change)/
GET and POST: visitor,user=login staff,editor,publisher=forbidden administrator=ok
    admin/({ACCOUNTS})/{OBJECT}/history/|admin/sites/site/({OBJECT}/delete/)?

# Settings of the CMS toolbar.
GET:  visitor,user=login others=ok
POST: visitor,user=login others=redirect
    admin/cms/usersettings/|admin/cms/usersettings/\^\(\.\+\)/\$
GET and POST: everybody=ok
    admin/cms/usersettings/session_store/
GET and POST: visitor,user=login others=ok
    admin/cms/usersettings/cms-toolbar/

# The admin of pages.
GET and POST: visitor=login user,staff=forbidden others=redirect
    admin/cms/page/
GET:  visitor=login user,staff=forbidden others=ok
POST: visitor=login user,staff=forbidden others=redirect
    admin/cms/pagecontent/(add/|.*/duplicate/\$)
    admin/djangocms_versioning/pagecontentversion/({OBJECT}/revert/)?
GET:  visitor=login user,staff=forbidden editor,administrator=redirect publisher=ok
POST: visitor=login user,staff=forbidden others=redirect
    admin/djangocms_versioning/pagecontentversion/{OBJECT}/archive/
GET:  visitor=login user,staff=forbidden editor=redirect publisher,administrator=ok
POST: visitor=login user,staff=forbidden others=redirect
    admin/djangocms_versioning/pagecontentversion/{OBJECT}/unpublish/
GET and POST: visitor=login user,staff=forbidden others=ok
    admin/(cms/page|cms/pagecontent|djangocms_versioning/pagecontentversion)/{OBJECT}/history/
    admin/cms/page/.*/(actions-menu|permissions|dialog/copy)/\$
    admin/cms/placeholder/\^edit-field/.*
    admin/cms/placeholder/\^object/.*/(structure|preview)/.*
    admin/cms/pagecontent/(\^get-tree/\$)?
    admin/djangocms_versioning/pagecontentversion/(select|{OBJECT}/compare)/
GET and POST: visitor=login others=forbidden
    admin/(cms/page|djangocms_versioning/pagecontentversion)/add/
    admin/djangocms_versioning/pagecontentversion/{OBJECT}/delete/|admin/cms/page/\^list/\$
GET and POST: visitor=login user,staff,editor=forbidden others=ok
    admin/cms/page/({OBJECT}/change/|.*/advanced-settings/\$)
GET and POST: visitor=login user,staff,editor,publisher=forbidden administrator=ok
    admin/cms/page/{OBJECT}/delete/
GET and POST: visitor=login others=forbidden
    admin/cms/page/.*/edit-field/\$
GET:  visitor=login user,staff=forbidden others=not-allowed
POST: visitor=login user,staff=forbidden others=ok
    admin/cms/page/.*/(move-page|copy-page)/\$
GET:  visitor=login user,staff,editor=forbidden others=not-allowed
POST: visitor=login user,staff,editor=forbidden others=ok
    admin/cms/page/.*/set-home/\$
GET and POST: visitor,user,staff=forbidden others=bad-request
    admin/cms/page/\^plugin/{WITH_TEXT}/\^render-plugin/\$
GET:  visitor=not-allowed user,staff=forbidden others=not-allowed
POST: visitor,user,staff=forbidden others=ok
    admin/cms/page/\^plugin/{WITH_TEXT}/(\^messages/\$|pasted/)
GET and POST: everybody=forbidden
    admin/cms/page/\^plugin/{WITH_TEXT}/\^revert-on-cancel/\$
GET and POST: visitor,user,staff=forbidden others=ok
    admin/cms/page/\^plugin/{WITH_TEXT}/\^urls/\$
GET and POST: visitor,user,staff=forbidden others=ok
    cms_wizard/.*|admin/cms/placeholder/\^cms_wizard/.*
GET:  visitor=login user,staff=forbidden others=not-allowed
POST: visitor=login user,staff=forbidden editor=ok publisher,administrator=forbidden
    admin/cms/placeholder/\^(copy-plugins|move-plugin)/\$
GET and POST: visitor=login user,staff=forbidden editor=ok publisher,administrator=forbidden
    admin/cms/placeholder/\^(add-plugin|edit-plugin|delete-plugin|clear-placeholder)/.*
GET and POST: visitor=login user,staff=forbidden editor=ok publisher,administrator=redirect
    admin/cms/placeholder/\^object/.*/edit/.*
GET:  visitor=login user,staff=forbidden others=ok
POST: visitor=login user,staff=forbidden editor=redirect publisher,administrator=forbidden
    admin/cms/pagecontent/{OBJECT}/change/
GET and POST: visitor=login user,staff=forbidden others=bad-request
    admin/cms/pagecontent/.*/copy-language/\$
GET and POST: visitor=login user,staff,editor,publisher=forbidden administrator=bad-request
    admin/cms/pagecontent/{OBJECT}/delete/
GET and POST: visitor,user=login others=redirect
    admin/(cms/pagecontent|djangocms_versioning/pagecontentversion)/{OBJECT}/
GET:  visitor=login user,staff=forbidden editor=not-allowed publisher,administrator=forbidden
POST: visitor=login user,staff=forbidden editor=ok publisher,administrator=forbidden
    admin/cms/pagecontent/.*/change-navigation/\$
GET:  visitor=login user,staff=forbidden others=not-allowed
POST: visitor=login others=forbidden
    admin/cms/pagecontent/.*/change-template/\$
GET:  visitor=login user,staff=forbidden others=ok
POST: visitor=login others=forbidden
    admin/djangocms_versioning/pagecontentversion/{OBJECT}/change/
GET:  visitor=login user,staff=forbidden others=not-allowed
POST: visitor=login user,staff=forbidden others=redirect
    admin/djangocms_versioning/pagecontentversion/{OBJECT}/(publish|edit-redirect)/
GET:  visitor=login user,staff=forbidden editor=ok publisher,administrator=redirect
POST: visitor=login user,staff=forbidden others=redirect
    admin/djangocms_versioning/pagecontentversion/{OBJECT}/discard/
GET:  visitor=login user,staff=forbidden others=not-allowed
POST: visitor=login user,staff,editor=forbidden publisher,administrator=redirect
    admin/djangocms_versioning/pagecontentversion/{OBJECT}/unlock/
"""


@dataclass
class Row:
    """`get` and `post` are {role: outcome} for the URL patterns that the regular expression matches."""

    pattern: str
    get: dict
    post: dict


def parse(matrix):
    """Yields a row for each regular expression of the matrix."""
    outcomes = {}
    for line in matrix.splitlines():
        if line.startswith("    "):
            yield Row(line.strip(), **outcomes)
        elif line.startswith(("GET", "POST")):
            methods, _colon, text = line.partition(":")
            outcomes |= {method.lower(): outcomes_by_role(text) for method in methods.split(" and ")}


def outcomes_by_role(text):
    outcomes = {}
    for part in text.split():
        roles, outcome = part.split("=")
        for role in ROLES if roles in ("everybody", "others") else roles.split(","):
            outcomes.setdefault(role, outcome)
    assert set(outcomes) == set(ROLES), text
    return outcomes


ROWS = list(parse(MATRIX))


def row_of(pattern):
    rows = [row for row in ROWS if re.fullmatch(row.pattern, pattern)]
    assert len(rows) == 1, (pattern, rows)
    return rows[0]


def outcome_of(response):
    outcome = OUTCOMES.get(response.status_code, "failure")
    return "login" if outcome == "redirect" and "login/" in response["Location"] else outcome
