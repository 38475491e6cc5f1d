"""The picture of a signature or a seal, as somebody brings it. Pure."""

from io import BytesIO

LARGEST_PICTURE = 200_000  # bytes
MOST_PIXELS = 4_000_000


class BadPicture(ValueError):
    """The argument is why, as a code."""


def check_picture(data: bytes) -> bytes:
    """A picture of a signature or a seal, written anew: nothing but its pixels. Raises BadPicture: picture_too_large |
    not_a_png | picture_not_transparent."""
    from PIL import Image

    if len(data) > LARGEST_PICTURE:
        raise BadPicture("picture_too_large")
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as found:
            if found.width * found.height > MOST_PIXELS:
                raise BadPicture("picture_too_large")
            picture = found.convert("RGBA")
    except BadPicture:
        raise
    except Exception as error:  # Pillow has many ways to say so
        raise BadPicture("not_a_png") from error
    # A photograph on white paper would cover the office and the name.
    clear = picture.getchannel("A").histogram()[0]
    if clear < picture.width * picture.height * 0.2:
        raise BadPicture("picture_not_transparent")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
