"""The preview's server: what it answers, and whom."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator

import pytest

from deckgen.preview.server import PreviewServer
from deckgen.preview.site import Site

SITE = Site({"index.html": b"front", "law/index.html": b"law", "law/a b.svg": b"<svg/>", "assets/x.js": b"1"}, "one", 3)


@pytest.fixture
def server() -> Iterator[PreviewServer]:
    made = PreviewServer(0)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.show(SITE)
    yield made
    made.end()
    made.shutdown()
    made.server_close()
    thread.join()


def ask(server: PreviewServer, path: str, host: str | None = None, method: str = "GET") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host if host is not None else f"127.0.0.1:{server.port}")
    connection.endheaders()
    return connection.getresponse()


def test_it_listens_on_this_machine_alone(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/", b"front", "text/html; charset=utf-8"),
        ("/law/", b"law", "text/html; charset=utf-8"),
        ("/law/a%20b.svg?v=1", b"<svg/>", "image/svg+xml"),
        ("/assets/x.js", b"1", "text/javascript; charset=utf-8"),
    ],
)
def test_files_of_the_site(server: PreviewServer, path: str, body: bytes, kind: str) -> None:
    answer = ask(server, path)
    assert (answer.status, answer.read(), answer.headers["Content-Type"]) == (200, body, kind)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_folder_leads_to_its_page(server: PreviewServer) -> None:
    answer = ask(server, "/law")
    assert (answer.status, answer.headers["Location"]) == (301, "/law/")


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/law/../../x", "/nothing", "/%00", "/law/%"],
)
def test_nothing_but_files_of_the_site(server: PreviewServer, path: str) -> None:
    assert ask(server, path).status == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "localhost:{port}.evil"]
)
def test_another_name_for_this_machine_is_refused(server: PreviewServer, host: str) -> None:
    for path in ("/", "/events"):
        assert ask(server, path, host.format(port=server.port)).status == 403


def test_localhost_is_this_machine(server: PreviewServer) -> None:
    assert ask(server, "/", f"localhost:{server.port}").status == 200


def test_head_has_no_body_and_nothing_can_be_sent(server: PreviewServer) -> None:
    answer = ask(server, "/", method="HEAD")
    assert (answer.status, answer.headers["Content-Length"], answer.read()) == (200, "5", b"")
    assert ask(server, "/", method="POST").status == 501


def test_pages_hear_of_each_build_and_each_fault(server: PreviewServer) -> None:
    answer = ask(server, "/events")
    assert answer.headers["Content-Type"] == "text/event-stream"

    def heard() -> object:
        while not (line := answer.readline()).startswith(b"data: "):
            assert line
        return json.loads(line[6:])

    assert heard() == {"build": "one"}
    server.show(Site({"index.html": b"second"}, "two", 0))
    assert heard() == {"build": "two"}
    assert ask(server, "/").read() == b"second"
    server.fail("there is no folder\ncards")
    assert heard() == {"fault": "there is no folder\ncards"}
    assert ask(server, "/").read() == b"second"
    server.end()
    assert answer.readline() == b"\n"


def test_a_port_that_is_taken_is_an_os_error(server: PreviewServer) -> None:
    with pytest.raises(OSError, match="in use"):
        PreviewServer(server.port)
