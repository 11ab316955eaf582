"""The card of a claim is embedded in the page of another site."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@contextmanager
def another_site(html):
    """Yields the address of a site of one page, which has another origin because of its port."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(
                f"<!doctype html><title>Another site</title><link rel=icon href=data:>{html}".encode()
            )

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("localhost", 0), Page) as server:
        serving = Thread(target=server.serve_forever, args=[0.01])
        serving.start()
        try:
            yield f"http://localhost:{server.server_port}/"
        finally:
            server.shutdown()
            serving.join()


def test_the_copied_code_shows_the_card_on_another_site_and_leads_back_to_the_claim(visit_in_motion):
    charlie = visit_in_motion()
    charlie.context.grant_permissions(["clipboard-read", "clipboard-write"])
    charlie.goto("/evidence/e10-training-programmes/")
    charlie.get_by_text("APA, BibTeX, RIS, card").click()
    charlie.get_by_role("button", name="Copy the code").click()
    charlie.get_by_text("Copied").wait_for()
    with another_site(charlie.evaluate("navigator.clipboard.readText()")) as address:
        charlie.goto(address)
        card = charlie.frame_locator("iframe")
        card.get_by_text("4,500", exact=True).wait_for()
        assert charlie.evaluate("document.querySelector('iframe').clientHeight") >= card.locator(
            "main"
        ).evaluate("each => each.scrollHeight")
        card.get_by_role("link", name="Read what shows it").click()
        charlie.wait_for_url("**/evidence/e10-training-programmes/")
    assert charlie.context.cookies() == []


def test_no_other_page_can_be_framed_by_another_site(visit_in_motion, public_site):
    charlie = visit_in_motion()
    with another_site(f'<iframe src="{public_site.url}/about/"></iframe>') as address:
        charlie.goto(address, wait_until="load")
        frame = charlie.frames[1]
        assert frame.url == "chrome-error://chromewebdata/"
