"""The score that MDN's HTTP Observatory gives an answer, by its published rules, as far as this site meets them.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring: it starts at 100; extra points count from 90 upwards.
"""

import re
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def score(headers, html):
    """`headers` are an email.message.Message, as http.client gives them."""
    given = [
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
    penalised = 100 + sum(points for points in given if points < 0)
    return penalised + (sum(points for points in given if points > 0) if penalised >= 90 else 0)


def directives(headers):
    return {
        name: words
        for name, *words in (
            part.split() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()
        )
    }


def csp(headers):
    told = directives(headers)
    if not told:
        return -25
    scripts, styles = (told.get(name, told.get("default-src", ["*"])) for name in ("script-src", "style-src"))
    if {"'unsafe-inline'", "data:", "*", "https:", "http:"} & set(scripts):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if {"'unsafe-inline'", "data:", "*", "https:", "http:"} & set(styles):
        return 0
    return 10 if told.get("default-src") == ["'none'"] else 5


def cookies(headers):
    found = [each for line in headers.get_all("Set-Cookie", []) for each in SimpleCookie(line).values()]
    if not found:
        return 0
    if not all(cookie["secure"] for cookie in found):
        return -20
    return 5 if all(cookie["httponly"] and cookie["samesite"] for cookie in found) else -10


def hsts(headers):
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    return -20 if not age else -10 if int(age[1]) < HALF_A_YEAR else 0


def referrer(headers):
    told = headers.get("Referrer-Policy", "")
    return 0 if not told else 5 if told in PRIVATE else -5


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
    """Those of other sites need a hash; those of this site need nothing."""
    return (
        -50
        if any(urlsplit(address).netloc for address in re.findall(r'<script[^>]*\ssrc="([^"]+)"', html))
        else 0
    )
