"""What a page turn weighs on the line: nothing is compressed that would cost more than it saves."""

import pytest
import websocket

from tests.rooms import Room

pytestmark = pytest.mark.journey


def shaken(room: Room) -> websocket.WebSocket:
    """A tablet whose browser offers compression, as all of them do."""
    cookies = "; ".join(f"{c.name}={c.value}" for c in room.person("em").session.cookies)
    address = room.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    offer = ["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]
    return websocket.create_connection(address, cookie=cookies, header=offer, timeout=30)


def test_a_browser_that_offers_compression_is_spoken_to_plainly(opened):
    tablet = shaken(opened)
    assert "sec-websocket-extensions" not in tablet.headers
    assert tablet.recv().startswith("0{")
    tablet.close()
