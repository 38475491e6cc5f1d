"""A weak line in a process of its own: so many bits a second each way, so late, shared by all connections.

    python bench/line.py '{"bits": 2000000, "delay": 0.08, "ways": [["10.99.0.1", 5001, 8443]]}'

Each way listens at an address and goes on to a port of this machine. For kernels without netem. With `"loss": 0.01`
that share of packets is lost, as TCP lets a program see it: the piece comes later, by the time after which one with no
others behind it is sent again (two ways there and back, RFC 8985, section 7); what follows on its connection waits.
"""

import asyncio
import json
import math
import random
import sys

PACKET = 1448  # bytes
PIECE = 4096  # bytes: no connection keeps the others waiting for longer


class Way:
    """One direction. What comes is sent on when its turn and the delay are over."""

    def __init__(self, bits: float, delay: float, loss: float = 0.0):
        self.second, self.delay, self.loss, self.free = bits / 8, delay, loss, 0.0

    def again(self, size: int) -> float:
        """Seconds until a piece of so many bytes has come that may have to be sent again."""
        lost = random.random() < 1 - (1 - self.loss) ** math.ceil(size / PACKET)
        return 4 * self.delay if lost else 0.0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop, waiting = asyncio.get_running_loop(), asyncio.Queue()
        delivering = asyncio.create_task(self.deliver(waiting, writer))
        try:
            while piece := await reader.read(PIECE):
                self.free = max(self.free, loop.time()) + len(piece) / self.second
                waiting.put_nowait((self.free + self.delay + self.again(len(piece)), piece))
                await asyncio.sleep(self.free - loop.time())
        except OSError:
            pass
        waiting.put_nowait((loop.time() + self.delay, b""))
        await delivering

    async def deliver(self, waiting: asyncio.Queue, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                at, piece = await waiting.get()
                await asyncio.sleep(max(0.0, at - loop.time()))
                if not piece:
                    return writer.close()
                writer.write(piece)
                await writer.drain()
        except OSError:
            writer.close()


async def main(about: dict) -> None:
    up, down = (Way(about["bits"], about["delay"], about.get("loss", 0.0)) for _ in range(2))

    async def listen(host: str, port: int, on: int):
        async def come(reader, writer):
            try:
                await asyncio.sleep(2 * about["delay"])  # the handshake crosses the line, too
                there, back = await asyncio.open_connection("127.0.0.1", on)
            except OSError:
                return writer.close()
            await asyncio.gather(up.carry(reader, back), down.carry(there, writer))

        return await asyncio.start_server(come, host, port)

    servers = [await listen(*each) for each in about["ways"]]
    print("ready", flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
