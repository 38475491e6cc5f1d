"""A map on paper and as a picture, made in the process for documents: A3 across, as many sheets as it needs."""

import io

import pypdfium2
from reportlab.lib.colors import Color, HexColor, white

from meetingroom.cases import layout
from meetingroom.cases.formats import svg
from meetingroom.printing import page_format, typefaces
from meetingroom.printing.canvas import canvas_class
from meetingroom.printing.glyphs import draw, printed, width

MM = page_format.MM
A3 = (420 * MM, 297 * MM)
MARGIN, FOOT = 10 * MM, 8 * MM
SMALLEST = 0.72  # how far a sheet is made smaller: 9 points are 6.5 then
MOST_PIXELS = 12_000_000
LARGEST = 8000  # pixels of a side
BOOKMARK = 200  # letters
# By kind: the line around a box, and what is behind its text.
COLOURS = {
    "root": ("#1f3a5f", "#1f3a5f"), "proc": ("#5b6b7d", "#eef1f4"), "time": ("#2d6a8f", "#e8f2f8"),
    "person": ("#3d5a98", "#e9eef8"), "act": ("#3d5a98", "#ffffff"), "elem": ("#5a4a8a", "#f0edf8"),
    "inc": ("#a32a2a", "#fbeaea"), "exc": ("#2b7a4b", "#e8f5ed"), "conf": ("#b35900", "#fdf1e3"),
    "gap": ("#8a6d00", "#fbf6dd"), "exh": ("#6b4a2b", "#f5eee7"), "civil": ("#1d6f6a", "#e6f4f3"),
    "circ": ("#7a3d6e", "#f7ebf4"), "prop": ("#1f3a5f", "#e6ecf4"), "": ("#6b7280", "#ffffff"),
}  # fmt: skip
LINK_COLOURS = {"refutes": "#a32a2a", "supports": "#2b7a4b", "contradicts": "#b35900", "": "#6b7280"}


def print_map(request: dict) -> tuple[dict, bytes]:
    """`{map, title, foot, page, written, what: pdf | png | svg | thumbnail, sides: 1 | 2}` → ({}, file)."""
    if request["what"] == "pdf":
        return {}, map_pdf(request)
    if request["what"] == "svg":
        return {}, map_svg(request)
    return {}, picture(request, 640 if request["what"] == "thumbnail" else LARGEST)


def measure(text: str, size: float, bold: bool) -> float:
    return width(text, face(bold), size)


def face(bold: bool) -> str:
    return typefaces.BOLD if bold else typefaces.REGULAR


def fitted(map: dict) -> dict:
    """With characters that our faces draw."""
    nodes = {key: {**node, "text": printed(node["text"]), "bl": printed(node.get("bl", ""))}
             for key, node in map["nodes"].items()}  # fmt: skip
    return {**map, "nodes": nodes}


def map_pdf(request: dict) -> bytes:
    map = fitted(request["map"])
    room = (A3[0] - 2 * MARGIN, A3[1] - 2 * MARGIN - FOOT)
    found = layout.sheets(map, measure, (room[0] / SMALLEST, room[1] / SMALLEST), request.get("sides", 2))
    file = io.BytesIO()
    canvas = canvas_class(request["written"])(file, pagesize=A3)
    canvas.setTitle(request["title"])
    for n, sheet in enumerate(found, 1):
        scale = min(1.6, room[0] / sheet.width, room[1] / sheet.height)
        canvas.saveState()
        canvas.translate(MARGIN + (room[0] - sheet.width * scale) / 2,
                         A3[1] - MARGIN - (room[1] - sheet.height * scale) / 2)  # fmt: skip
        canvas.scale(scale, scale)
        draw_sheet(canvas, map, sheet)
        canvas.restoreState()
        canvas.setFillColor(HexColor("#444444"))
        draw(canvas, MARGIN, MARGIN - 2, printed(request["foot"]), typefaces.ITALIC, 9)
        said = request["page"] % {"n": n, "of": len(found)}
        draw(canvas, A3[0] - MARGIN - width(said, typefaces.REGULAR, 9), MARGIN - 2, said, typefaces.REGULAR, 9)
        if len(found) > 1:
            bookmark(canvas, map, sheet)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def bookmark(canvas, map: dict, sheet: layout.Sheet) -> None:
    """Of a map on several sheets each branch of the root leads to its own."""
    here = {box.node for box in sheet.boxes}
    for node in (*map["nodes"][map["root"]]["children"], *map["loose"]):
        if node in here:
            canvas.bookmarkPage(node)
            canvas.addOutlineEntry(map["nodes"][node]["text"][:BOOKMARK], node)


def picture(request: dict, largest: int) -> bytes:
    """PNG of the whole map on one sheet."""
    map = fitted(request["map"])
    sheet = layout.one_sheet(map, measure, request.get("sides", 2))
    size = (sheet.width + 2 * MARGIN, sheet.height + 2 * MARGIN)
    file = io.BytesIO()
    canvas = canvas_class(request["written"])(file, pagesize=size)
    canvas.translate(MARGIN, size[1] - MARGIN)
    draw_sheet(canvas, map, sheet)
    canvas.showPage()
    canvas.save()
    scale = min(2.0, largest / max(size), (MOST_PIXELS / (size[0] * size[1])) ** 0.5)
    made = io.BytesIO()
    pdf = pypdfium2.PdfDocument(file.getvalue())
    pdf[0].render(scale=scale).to_pil().save(made, "PNG", optimize=largest < LARGEST)
    pdf.close()
    return made.getvalue()


def map_svg(request: dict) -> bytes:
    """The whole map on one sheet, as the PNG has it."""
    map = fitted(request["map"])
    links = [{**link, "colour": LINK_COLOURS.get(link["kind"], LINK_COLOURS[""])} for link in map["links"].values()]

    def look(box: layout.Box) -> tuple[str, str, str, str]:
        line, fill = COLOURS[kind_of(map, box)]
        behind = map["nodes"][box.node].get("colour") or fill
        ink = hex_of(ink_on(behind))
        return line, behind, ink, ink if box.depth == 0 else line

    return svg.write(layout.one_sheet(map, measure, request.get("sides", 2)), links, look, measure, request["title"])


def hex_of(colour: Color) -> str:
    return f"#{colour.hexval().removeprefix('0x')}"


def draw_sheet(canvas, map: dict, sheet: layout.Sheet) -> None:
    """Its upper left corner is where the canvas stands."""
    canvas.setLineWidth(1)
    for one, other in sheet.joints:
        canvas.setStrokeColor(HexColor(COLOURS[kind_of(map, other)][0]))
        join(canvas, one, other)
    places = {box.node: box for box in sheet.boxes}
    for link in map["links"].values():
        if link["from"] in places and link["to"] in places:
            cross(canvas, places[link["from"]], places[link["to"]], link["kind"])
    for box in sheet.boxes:
        draw_box(canvas, map, box)


def kind_of(map: dict, box: layout.Box) -> str:
    kind = map["nodes"][box.node].get("kind", "")
    return kind if kind in COLOURS else ""


def join(canvas, one: layout.Box, other: layout.Box) -> None:
    start = one.x + (one.width if other.side > 0 else 0)
    if one.side == 0:
        start = one.x + one.width / 2 + other.side * one.width / 2
    end = other.x + (0 if other.side > 0 else other.width)
    y1, y2 = -(one.y + one.height / 2), -(other.y + other.height / 2)
    middle = (start + end) / 2
    canvas.bezier(start, y1, middle, y1, middle, y2, end, y2)


def cross(canvas, one: layout.Box, other: layout.Box, kind: str) -> None:
    canvas.saveState()
    canvas.setStrokeColor(HexColor(LINK_COLOURS.get(kind, LINK_COLOURS[""])))
    canvas.setDash(4, 3)
    x1, x2 = (box.x + (0 if box.side < 0 else box.width) for box in (one, other))
    y1, y2 = (-(box.y + box.height / 2) for box in (one, other))
    bend = 40 * (1 if one.side >= 0 else -1)
    canvas.bezier(x1, y1, x1 + bend, y1, x2 + bend * (1 if other.side == one.side else -1), y2, x2, y2)
    canvas.setDash()
    canvas.setFillColor(HexColor(LINK_COLOURS.get(kind, LINK_COLOURS[""])))
    canvas.circle(x2, y2, 2.2, stroke=0, fill=1)
    canvas.restoreState()


def draw_box(canvas, map: dict, box: layout.Box) -> None:
    mine = map["nodes"][box.node]
    line, fill = COLOURS[kind_of(map, box)]
    canvas.setStrokeColor(HexColor(line))
    canvas.setFillColor(HexColor(mine.get("colour") or fill))
    canvas.setLineWidth(1.4 if box.depth < 2 else 0.8)
    canvas.roundRect(box.x, -(box.y + box.height), box.width, box.height, 4, stroke=1, fill=1)
    canvas.setFillColor(ink_on(mine.get("colour") or fill))
    y = -(box.y + layout.PAD_Y)
    for text in box.lines:
        y -= box.size * layout.LEADING
        draw(canvas, box.x + layout.PAD_X, y + box.size * 0.28, text, face(box.bold), box.size)
    if box.chip:
        canvas.setFillColor(ink_on(mine.get("colour") or fill) if box.depth == 0 else HexColor(line))
        size = layout.SIZE - 1
        for text in box.chip.split("\n"):
            y -= size * layout.LEADING
            draw(canvas, box.x + layout.PAD_X, y + size * 0.28, text, typefaces.REGULAR, size)


def ink_on(behind: str) -> Color:
    """Black or white, whichever is read better."""
    colour = HexColor(behind)
    light = 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue
    return white if light < 0.5 else HexColor("#1a1a1a")
