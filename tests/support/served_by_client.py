"""Opens a browser on the site as this process has it: the test client answers in place of a server.

So a browser sees what a transaction holds that is rolled back afterwards.
"""

from contextlib import contextmanager
from contextvars import copy_context
from mimetypes import guess_type

from django.conf import settings

from portal.operations.static_copy.client import static_file

HOST = "http://testserver"


@contextmanager
def window_on_client(browser, client, **options):
    """Yields a page of the browser.

    Beside its event loop Django has a connection of each context: a transaction has to begin after the
    browser, and the answers are given in the context in which the window is opened.
    """
    here = copy_context()

    def answer(route):
        # Several requests wait for their answers at once, and one at a time is in the context.
        route.fulfill(**here.run(answered, client, route.request.url.removeprefix(HOST)))

    with browser.new_context(base_url=HOST, reduced_motion="reduce", **options) as context:
        context.route(f"{HOST}/**", answer)
        yield context.new_page()


def answered(client, path):
    if path.startswith(settings.STATIC_URL):
        path = path.partition("?")[0]
        return {"body": static_file(path).content, "content_type": guess_type(path)[0] or ""}
    response = client.get(path)
    body = b"".join(response) if response.streaming else response.content
    return {"status": response.status_code, "headers": dict(response.headers), "body": body}
