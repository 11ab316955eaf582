"""Computes the score that MDN's HTTP Observatory gives an answer, by the rules that concern this site.

The rules: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring. A score starts at 100;
extra points count from 90 upwards.
"""

import re
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def score(headers, html):
    """Returns the score of an answer; `headers` are an email.message.Message, as http.client gives them."""
    points_by_rule = [
        csp(headers),
        cookies(headers),
        hsts(headers),
        referrer(headers),
        frames(headers),
        nosniff(headers),
        corp(headers),
        cors(headers),
        scripts(html),
    ]
    penalised = 100 + sum(points for points in points_by_rule if points < 0)
    extra = sum(points for points in points_by_rule if points > 0)
    return penalised + (extra if penalised >= 90 else 0)


def directives(headers):
    return {
        name: values
        for name, *values in (
            part.split() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()
        )
    }


def csp(headers):
    policy = directives(headers)
    if not policy:
        return -25
    default = policy.get("default-src", ["*"])
    scripts, styles = policy.get("script-src", default), policy.get("style-src", default)
    if {"'unsafe-inline'", "data:", "*", "https:", "http:"} & set(scripts):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if {"'unsafe-inline'", "data:", "*", "https:", "http:"} & set(styles):
        return 0
    return 10 if policy.get("default-src") == ["'none'"] else 5


def cookies(headers):
    cookies = [cookie for line in headers.get_all("Set-Cookie", []) for cookie in SimpleCookie(line).values()]
    if not cookies:
        return 0
    if not all(cookie["secure"] for cookie in cookies):
        return -20
    return 5 if all(cookie["httponly"] and cookie["samesite"] for cookie in cookies) else -10


def hsts(headers):
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    return -20 if not age else -10 if int(age[1]) < HALF_A_YEAR else 0


def referrer(headers):
    policy = headers.get("Referrer-Policy", "")
    return 0 if not policy else 5 if policy in PRIVATE else -5


def frames(headers):
    if directives(headers).get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if headers.get("X-Frame-Options", "").upper() in ("DENY", "SAMEORIGIN") else -20


def nosniff(headers):
    return 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5


def corp(headers):
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(
        headers.get("Cross-Origin-Resource-Policy"), 0
    )


def cors(headers):
    return -50 if headers.get("Access-Control-Allow-Credentials") == "true" else 0


def scripts(html):
    """Takes points for scripts of other sites, which this site should not have; its own cost none."""
    sources = re.findall(r'<script[^>]*\ssrc="([^"]+)"', html)
    return -50 if any(urlsplit(source).netloc for source in sources) else 0
