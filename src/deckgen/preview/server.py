"""A web server for the preview alone: on this machine, from memory, telling pages when there is a new build."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urlsplit

from deckgen.preview.data import media_type
from deckgen.preview.site import Site

_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
}
_PULSE = 15.0
"""Seconds after which a silent connection is tried, so that one whose page was closed ends."""
_HOSTS = ("127.0.0.1", "localhost")


class PreviewServer(ThreadingHTTPServer):
    """Serves the files of the latest site, and at ``/events`` a word whenever there is another one.

    Raises ``OSError`` where the port is taken.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.files: Mapping[str, bytes] = {}
        self.message = ""
        self.changed = threading.Condition()
        self.ended = False

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def show(self, site: Site) -> None:
        """Serve a site from now on, and tell the pages."""
        self.files = site.files
        self._tell({"build": site.build})

    def fail(self, message: str) -> None:
        """Keep serving what was there, and have the pages say what went wrong."""
        self._tell({"fault": message})

    def end(self) -> None:
        """Let all connections end."""
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def _tell(self, state: Mapping[str, str]) -> None:
        with self.changed:
            self.message = json.dumps(state, ensure_ascii=False)
            self.changed.notify_all()

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that was closed while it was answered is no mistake; others are shown as usual."""
        import sys  # noqa: PLC0415

        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    timeout = 60

    def do_GET(self) -> None:
        if not self._is_local():
            self._answer(HTTPStatus.FORBIDDEN, b"This preview answers its own address alone.\n", "text/plain")
            return
        path = unquote(urlsplit(self.path).path).lstrip("/")
        if path == "events":
            self._events()
            return
        files = self.server.files
        if path and not path.endswith("/") and f"{path}/index.html" in files:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"/{quote(path)}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path = f"{path}index.html" if not path or path.endswith("/") else path
        if path not in files:
            self._answer(HTTPStatus.NOT_FOUND, b"There is no such page in this preview.\n", "text/plain")
            return
        ending = path.rpartition(".")[2]
        self._answer(HTTPStatus.OK, files[path], _TYPES.get(ending) or media_type(ending))

    do_HEAD = do_GET  # noqa: N815 - the name is the base class's

    def _is_local(self) -> bool:
        """Whether the request names this server: another site may point its name here, but not send this header."""
        return self.headers.get("Host", "") in [f"{host}:{self.server.port}" for host in _HOSTS]

    def _answer(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        server, told = self.server, ""
        while not server.ended:
            with server.changed:
                if server.message == told and not server.ended:
                    server.changed.wait(_PULSE)
                message = server.message
            line = f"data: {message}\n\n" if message != told else ": still here\n\n"
            told = message
            self.wfile.write(line.encode())
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Requests are not worth a line each."""
