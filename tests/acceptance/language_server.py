"""The real yaml-language-server, spoken to over its protocol."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

VERSION = "2.0.0"
ROOT = Path(__file__).parents[2]
PLACE = ROOT / "build" / f"yaml-language-server-{VERSION}"


def installed() -> Path:
    """The server's program, fetched from npm once. Skips where npm is missing, unless this is CI."""
    program = PLACE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("CI"):
            pytest.fail("npm is missing: CI must try the schemas in an editor's language server")
        pytest.skip("npm is not installed, so the editor's language server cannot be fetched")
    PLACE.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--prefix", str(PLACE), f"yaml-language-server@{VERSION}"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return program


class LanguageServer:
    """A running server. Places are (line, character), both from 0, as the protocol counts them."""

    def __init__(self, folder: Path) -> None:
        node = shutil.which("node")
        assert node is not None
        self.process = subprocess.Popen(
            [node, str(installed()), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.next_id = 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.versions: dict[str, int] = {}
        self.settings = {
            "yaml": {
                "validate": True,
                "hover": True,
                "completion": True,
                "schemaStore": {"enable": False},
                "schemas": {},
            }
        }
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"publishDiagnostics": {}}}
        folders = [{"uri": folder.as_uri(), "name": folder.name}]
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": folder.as_uri(),
                "capabilities": capabilities,
                "workspaceFolders": folders,
            },
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has gone"
        return json.loads(self.process.stdout.read(length))

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        self.next_id += 1
        number = self.next_id
        self.send({"id": number, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self.take(message)

    def take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            items = [self.settings.get(item.get("section", ""), {}) for item in message["params"]["items"]]
            self.send({"id": message["id"], "result": items})
        elif "id" in message and method is not None:
            self.send({"id": message["id"], "result": None})

    def open(self, path: Path, text: str) -> list[str]:
        """Open a file with a text, or change it to that; what the server has to say about it, as line: message."""
        uri = path.as_uri()
        self.diagnostics.pop(uri, None)
        version = self.versions[uri] = self.versions.get(uri, 0) + 1
        if version == 1:
            document = {"uri": uri, "languageId": "yaml", "version": version, "text": text}
            self.tell("textDocument/didOpen", {"textDocument": document})
        else:
            place = {"uri": uri, "version": version}
            self.tell("textDocument/didChange", {"textDocument": place, "contentChanges": [{"text": text}]})
        while uri not in self.diagnostics:
            self.take(self.receive())
        return [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in self.diagnostics[uri]]

    def _at(self, path: Path, line: int, character: int) -> dict[str, Any]:
        return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}

    def hover(self, path: Path, line: int, character: int) -> str:
        """The text shown over a place."""
        got = self.ask("textDocument/hover", self._at(path, line, character))
        return got["contents"]["value"] if got else ""

    def complete(self, path: Path, line: int, character: int) -> dict[str, str]:
        """What is offered at a place: label to inserted text."""
        got = self.ask("textDocument/completion", self._at(path, line, character))
        items = got["items"] if isinstance(got, dict) else got
        return {item["label"]: item.get("insertText") or item.get("textEdit", {}).get("newText", "") for item in items}
