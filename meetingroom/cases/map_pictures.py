"""Pictures for nodes: turned as they were taken, made no larger than is shown, without what the camera wrote."""

import io
import warnings
from pathlib import Path

LARGEST = 30_000_000
SIDE = 1600
MOST_PIXELS = 60_000_000


def read(path: Path) -> dict | None:
    """{type, width, height, data}; None of what is no picture."""
    from PIL import Image, ImageOps  # the server starts without what reads files

    try:
        with warnings.catch_warnings(), Image.open(path, formats=("PNG", "JPEG", "WEBP")) as picture:
            warnings.simplefilter("error")
            if picture.width * picture.height > MOST_PIXELS:
                return None
            whole = ImageOps.exif_transpose(picture)
            see_through = whole.mode in ("RGBA", "LA", "P")
            whole = whole.convert("RGBA" if see_through else "RGB")
            whole.thumbnail((SIDE, SIDE))
            made = io.BytesIO()
            whole.save(made, "PNG" if see_through else "JPEG", **({} if see_through else {"quality": 88}))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    kind = "image/png" if see_through else "image/jpeg"
    return {"type": kind, "width": whole.width, "height": whole.height, "data": made.getvalue()}
