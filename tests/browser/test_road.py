"""Where no WebSocket comes through, a screen polls; as soon as one does, it goes back.."""

import contextlib
import socket
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import in_step, sign_in
from tests.browser.test_participant import on_page


class Box:
    """A security box between browser and server: it keeps requests for a WebSocket and answers nothing, ever."""

    def __init__(self, port: int):
        self.target, self.swallows, self.swallowed, self.open = port, True, 0, []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self.carry, args=(near,), daemon=True).start()

    def carry(self, near):
        head = b""
        with contextlib.suppress(OSError):
            while b"\r\n\r\n" not in head and (got := near.recv(65536)):
                head += got
            self.open.append(near)
            if self.swallows and b"upgrade: websocket" in head.lower():
                self.swallowed += 1
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            self.open.append(far)
            far.sendall(head)
            threading.Thread(target=self.pour, args=(far, near), daemon=True).start()
            self.pour(near, far)

    def pour(self, source, sink):
        with contextlib.suppress(OSError):
            while got := source.recv(65536):
                sink.sendall(got)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self):
        for each in (self.listener, *self.open):
            with contextlib.suppress(OSError):
                each.close()


@pytest.fixture
def box(opened):
    between = Box(opened.port)
    yield between
    between.close()


def lamp(page):
    return page.locator("connection-lamp .lamp")


def test_behind_a_box_that_swallows_websockets_a_screen_follows_by_polling(opened, box, screen):
    em = screen()
    sign_in(em, opened, "em")
    em.goto(f"{box.url}/meetings/{opened.meeting}/room?view=participant")
    in_step(em, timeout=30000)
    assert box.swallowed >= 1
    expect(lamp(em)).to_have_attribute("data-way", "polling")
    expect(lamp(em)).to_contain_text("đường dự phòng")
    an = opened.person("an")
    for page in (2, 3, 5):
        an.does("turn_page", page=page)
        on_page(em, page)
    em.get_by_role("button", name="Điểm danh").click()
    expect(em.get_by_role("button", name="Điểm danh")).to_be_hidden()

    em.reload()  # what was found out is not found out again
    in_step(em)
    expect(lamp(em)).to_have_attribute("data-way", "polling")

    box.swallows = False
    em.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(lamp(em)).to_have_attribute("data-way", "websocket")
    in_step(em)
    an.does("turn_page", page=1)
    on_page(em, 1)
