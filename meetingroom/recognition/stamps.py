"""Where the stamp of a state secret may stand: what is red in the top third of a page, and what is framed there.

tesseract takes a word in a frame for a picture, and reads nothing: here the words are taken out of their frames.
"""

from PIL import Image, ImageChops, ImageFilter

CELL = 8  # pixels: ink within two of them belongs together
HIGHEST, WIDEST = 0.08, 0.6  # of the page: what is larger is a seal, a table, a text
LOWEST = 20  # pixels
DARK = 128
FRAMED = 0.6  # of an edge that is ink: it is a line
EDGE = 12  # pixels: within these a frame's line lies
LINES = 3  # of frames within each other
MOST = 40  # places that are looked at

Rect = tuple[int, int, int, int]  # left, top, right, bottom


def candidates(grey: Image.Image, red: Image.Image | None) -> Image.Image | None:
    """The top third of a straight page, black on white, with nothing on it but what may be such a stamp; None if there
    is nothing. `grey` is the whole page, `red` what is red of its top third."""
    height = grey.height
    top = grey.crop((0, 0, grey.width, max(1, height // 3)))
    canvas = Image.new("L", top.size, 255)
    anything = False
    for picture, framed_only in ((top, True), (red, False)):
        if picture is None:
            continue
        for place in places(picture)[:MOST]:
            left, upper, right, lower = place
            if lower - upper > height * HIGHEST or right - left > grey.width * WIDEST or lower - upper < LOWEST:
                continue
            inside = within_frame(picture, place)
            if framed_only and inside == place:
                continue
            canvas.paste(picture.crop(inside), inside[:2])
            anything = True
    return canvas if anything else None


def places(picture: Image.Image) -> list[Rect]:
    """The rectangles around what hangs together, from the largest on."""
    ink = ImageChops.invert(picture).point([0 if level < DARK else 255 for level in range(256)])
    size = (-(-ink.width // CELL), -(-ink.height // CELL))
    whole = Image.new("L", (size[0] * CELL, size[1] * CELL))
    whole.paste(ink)
    cells = whole.reduce(CELL).point([0, *[255] * 255]).filter(ImageFilter.MaxFilter(3))
    left = {n for n, level in enumerate(cells.tobytes()) if level}
    found = []
    while left:
        reached = [left.pop()]
        xs, ys = [], []
        while reached:
            cell = reached.pop()
            y, x = divmod(cell, size[0])
            xs.append(x)
            ys.append(y)
            beside = [cell - size[0], cell + size[0]]
            beside += [cell - 1] if x else []
            beside += [cell + 1] if x < size[0] - 1 else []
            for each in beside:
                if each in left:
                    left.remove(each)
                    reached.append(each)
        rough = (min(xs) * CELL, min(ys) * CELL, (max(xs) + 1) * CELL, (max(ys) + 1) * CELL)
        if exact := ink.crop(rough).getbbox():
            found.append((rough[0] + exact[0], rough[1] + exact[1], rough[0] + exact[2], rough[1] + exact[3]))
    return sorted(found, key=lambda place: -(place[2] - place[0]) * (place[3] - place[1]))


def within_frame(picture: Image.Image, place: Rect) -> Rect:
    """What lies inside of the lines around it; the same place where there are none."""
    for _ in range(LINES):
        left, top, right, bottom = place
        if right - left <= 4 * EDGE or bottom - top <= 3 * EDGE:
            return place
        above = last_line(picture, (left, top, right, top + EDGE))
        below = last_line(picture, (left, bottom - EDGE, right, bottom), back=True)
        if not above or not below:
            return place
        aside = max(above, below) + 2
        place = (left + aside, top + above + 1, right - aside, bottom - below - 1)
    return place


def last_line(picture: Image.Image, strip: Rect, *, back: bool = False) -> int:
    """How many pixels from the edge the line ends; 0 where there is none."""
    band = picture.crop(strip).point([255 if level < DARK else 0 for level in range(256)])
    rows = list(band.resize((1, band.height), Image.Resampling.BOX).tobytes())
    if back:
        rows.reverse()
    lines = [n for n, level in enumerate(rows, 1) if level >= FRAMED * 255]
    return lines[-1] if lines and lines[-1] < len(rows) else 0  # what goes on is no line
