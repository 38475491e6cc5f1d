"""A document with room for signatures, and who signs it."""

import datetime
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.signing import fields, places, sign
from meetingroom.signing.trust import Trust
from tests.minutes.story import MINUTES
from tests.signing.authority import AN, MAI, NOW, PASSWORD, intermediate, person, root

AT = int(NOW.timestamp() * 1000)
ZONE = datetime.timezone(datetime.timedelta(hours=7))
LOOK = sign.Look({}.get, zone=ZONE)


def signed(pdf: bytes, field: str, who: str, look: sign.Look = LOOK, at: int = AT) -> bytes:
    holder = person(who)
    chain = (intermediate().der,)
    return sign.sign_with_p12(pdf, field, holder.p12(), PASSWORD.decode(), look, chain, at).file


def picture(colour: str = "navy", size=(300, 150)) -> bytes:
    """A stroke on nothing."""
    drawn = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(drawn).line([(10, 120), (90, 20), (180, 130), (290, 30)], fill=colour, width=8)
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="session")
def trusted() -> Trust:
    return Trust((root().der,), (intermediate().der,))


@pytest.fixture(scope="session")
def original() -> bytes:
    """Final minutes, as they are kept."""
    return minutes_pdf(MINUTES)


@pytest.fixture(scope="session")
def prepared(original) -> bytes:
    return fields.prepare(original, "bien_ban")


@pytest.fixture(scope="session")
def by_mai(prepared) -> bytes:
    return signed(prepared, places.SECRETARY, MAI)


@pytest.fixture(scope="session")
def by_both(by_mai) -> bytes:
    return signed(by_mai, places.CHAIR, AN, at=AT + 60_000)
