"""A real mail server (aiosmtpd) that puts what it takes into a Maildir: mail_server.py MAILDIR [SEED].

Prints its port. With a seed it fails half of the messages: "come back later" at the recipient, the line cut in the middle of the
message or after taking it, seldom (HANGS times) no answer at all; never more than IN_A_ROW after each other, because a delivery
that fails ten times has failed for good.
"""

import asyncio
import random
import sys

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

IN_A_ROW = 2
HANGS = 2


class Moods:
    """What becomes of the next message."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.failed = 0
        self.hangs = 0

    def next(self):
        if self.failed >= IN_A_ROW or self.random.random() < 0.5:
            self.failed = 0
            return "take"
        self.failed += 1
        if self.hangs < HANGS and self.random.random() < 0.1:
            self.hangs += 1
            return "hang"
        return self.random.choice(["later", "cut", "take and cut"])


class Kitchen(Mailbox):
    def __init__(self, folder, moods):
        super().__init__(folder)
        self.moods = moods

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address != "orders@maitred.example":
            return f"553 5.1.8 no mail from {address}"
        envelope.mail_from = address
        return "250 fine"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address != "kitchen@bistro.example":
            return f"550 5.1.1 nobody is called {address}"
        session.mood = self.moods.next() if self.moods else "take"
        if session.mood == "later":
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        if session.mood == "hang":
            await asyncio.Event().wait()
        if session.mood != "cut":
            # On disk before anybody hears of it.
            await super().handle_DATA(server, session, envelope)
        if session.mood != "take":
            server.transport.abort()
        return "250 2.0.0 taken"


async def main(folder, seed=None):
    moods = Moods(int(seed)) if seed else None
    kitchen = Kitchen(folder, moods)
    loop = asyncio.get_running_loop()
    door = await loop.create_server(lambda: SMTP(kitchen, hostname="mail.example", loop=loop), "127.0.0.1", 0)
    print(door.sockets[0].getsockname()[1], flush=True)
    await door.serve_forever()


asyncio.run(main(*sys.argv[1:]))
