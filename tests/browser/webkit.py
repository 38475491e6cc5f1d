"""WebKit, which is the engine of every iPad, over its own WebDriver: Playwright's is not to be had on every machine.

`webkit2gtk-driver` and `xvfb` of Debian are enough; `missing()` says which of them is not there.
"""

import contextlib
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.rooms import free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the name of a reference in the W3C's protocol
ENTER, TAB, BACKSPACE, CONTROL, END = "\ue007", "\ue004", "\ue003", "\ue009", "\ue010"
# What a server that is asked before it knows anybody, and a line that is being made, leave in every console.
FORGIVEN = ("Failed to load resource", "WebSocket connection")


def browser() -> str:
    """Where WebKit's small browser lies; "" if it is not installed."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return str(found[-1]) if found else ""


def missing() -> str:
    needed = {"webkit2gtk-driver": shutil.which("WebKitWebDriver") and browser(), "xvfb": shutil.which("Xvfb")}
    return ", ".join(package for package, there in needed.items() if not there)


class Refusal(Exception):
    """The driver's answer to what cannot be done (yet)."""


class WebKit:
    """One browser with one window. `complaints()`: what its console said of errors."""

    def __init__(self, folder: Path, width: int = 1280, height: int = 800):
        self.log = folder / "webkit.log"
        reading, writing = os.pipe()
        with self.log.open("wb") as log:
            self.display = subprocess.Popen(
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"],
                pass_fds=(writing,),
                stderr=log,
            )
            os.close(writing)
            with os.fdopen(reading) as reported:
                number = reported.readline().strip()  # it picks a free one and says so when it is ready
            port = free_port()
            self.driver = subprocess.Popen(
                ["WebKitWebDriver", f"--port={port}"],
                env={**os.environ, "DISPLAY": f":{number}", "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LANG": "C.UTF-8"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.base = f"http://127.0.0.1:{port}"
        wanted = {
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": {
                "binary": browser(),
                "args": ["--automation", "--enable-write-console-messages-to-stdout=true"],
            },
        }
        begun = {"capabilities": {"alwaysMatch": wanted}}
        self.base += "/session/" + self.until(lambda: self.ask("POST", "/session", begun))["sessionId"]
        self.ask("POST", "/window/rect", {"width": width, "height": height, "x": 0, "y": 0})

    def close(self) -> None:
        with contextlib.suppress(OSError, Refusal):
            self.ask("DELETE", "")
        for process in (self.driver, self.display):
            process.terminate()
            process.wait(20)

    def complaints(self) -> list[str]:
        said = self.log.read_text(errors="replace").splitlines()
        errors = [line for line in said if line.startswith("CONSOLE") and " ERROR" in line]
        return [line for line in errors if not any(known in line for known in FORGIVEN)]

    def ask(self, method: str, path: str, body: dict | None = None):
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(
            self.base + path, data, {"Content-Type": "application/json"}, method=method
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise Refusal(refused.read().decode()) from None

    def until(self, true, seconds: int = 30):
        """Waits for what becomes true; what the driver refuses is not true yet."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if found := true():
                    return found
                problem = "it did not come to that"
            except (Refusal, OSError) as refused:
                problem = str(refused)[:400]
            assert time.monotonic() < deadline, problem
            time.sleep(0.05)

    def go(self, url: str) -> None:
        self.ask("POST", "/url", {"url": url})

    def js(self, code: str, *given):
        """`code` returns something."""
        return self.ask("POST", "/execute/sync", {"script": code, "args": list(given)})

    def sees(self, code: str):
        """Waits until this expression is true in the page; a picture is true, though it comes as {}."""
        return self.until(lambda: self.js(f"return Boolean({code})"))

    def text(self, selector: str) -> str:
        return self.js("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def _find(self, selector: str) -> str:
        return self.ask("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector: str) -> None:
        self.until(lambda: self.ask("POST", f"/element/{self._find(selector)}/click") is None)

    def fill(self, selector: str, text: str) -> None:
        self.until(lambda: self.ask("POST", f"/element/{self._find(selector)}/value", {"text": text}) is None)

    def type(self, letters: str, held: str = "") -> None:
        """Key by key where the cursor is; `held`: with this key down."""
        pressed = [{"type": way, "value": key} for key in letters for way in ("keyDown", "keyUp")]
        if held:
            pressed = [{"type": "keyDown", "value": held}, *pressed, {"type": "keyUp", "value": held}]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": pressed}]})

    def sign_in(self, room, username: str) -> None:
        """The session of `room.person(username)`, and nobody else's."""
        self.go(room.url + "/healthz")
        self.ask("DELETE", "/cookie")
        for cookie in room.person(username).session.cookies:
            self.ask("POST", "/cookie", {"cookie": {"name": cookie.name, "value": cookie.value, "path": cookie.path}})
