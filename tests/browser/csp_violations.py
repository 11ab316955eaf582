"""Tells what a page's content security policy stopped: nothing, if page and policy agree."""

import re

# The CMS's scripts ask the browser which events it knows by setting an attribute, on elements that are never shown; they do without the answer.
KNOWN = re.compile(
    r"script-src-attr stopped inline .*/static/cms/js/dist/[^ ]*/bundle\.(?:toolbar|admin\.base)\.min\."
)
WATCH = """addEventListener("securitypolicyviolation", event => tellViolation(
  `${event.effectiveDirective} stopped ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${event.lineNumber} in ${event.documentURI}`))"""


def watch(person, troubles):
    person.expose_binding(
        "tellViolation", lambda _source, told: troubles.extend([] if KNOWN.match(told) else [told])
    )
    person.add_init_script(WATCH)
