"""A web server on this machine, whose pages may misbehave, for the tests of downloads."""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers each request by the function of its path; what was asked is kept."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.pages.get(self.path)
        if answer is None:
            self.send_error(404)
        else:
            answer(self)

    def log_message(self, *words):
        """Say nothing."""


class Site(http.server.ThreadingHTTPServer):
    """A server with an answer for each path."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Callable] = {}
        self.asked: list[tuple[str, dict]] = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *words):
        """A client that hangs up is no error of ours."""


@contextmanager
def running_site() -> Iterator[Site]:
    site = Site()
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


def page(body, kind="text/html", status=200, **headers):
    """An answer with a body and headers, `Content_Length` for Content-Length."""
    content = body.encode() if isinstance(body, str) else body

    def answer(handler):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named = {"Content-Type": kind, "Content-Length": str(len(content)), **named}
        handler.send_response(status)
        for name, value in named.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def redirect(location):
    return page(b"", status=302, Location=location)


def drip(head=b"HTTP/1.0 200 OK\r\n\r\n"):
    """An answer that goes on for ever, a byte at a time, so that no single read times out."""

    def answer(handler):
        handler.wfile.write(head)
        while True:
            handler.wfile.write(b"a")
            threading.Event().wait(0.05)

    return answer
