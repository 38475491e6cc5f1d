"""The canvas official documents are drawn on: nothing in it depends on the clock or on chance."""

from datetime import timedelta

from reportlab.pdfgen.canvas import Canvas

from meetingroom import clock
from meetingroom.printing import page_layout, typefaces
from meetingroom.printing.tagging import SpacedText, Tags

typefaces.load()


def canvas_class(written: int):
    """A canvas class for ReportLab whose date is `written` (ms), and whose first face is an embedded one."""

    class Sheet(Canvas):
        def __init__(self, *args, **settings):
            settings.update(
                invariant=1,
                initialFontName=typefaces.REGULAR,
                initialFontSize=page_layout.paper().body,
                pageCompression=1,
            )
            super().__init__(*args, **settings)
            self._doc._timeStamp = Stamp(written)

    return Sheet


def tagged_canvas_class(written: int, tags: Tags):
    """The same for a document whose structure is told (`archival.finish`)."""

    class TaggedSheet(canvas_class(written)):  # type: ignore[misc]
        def __init__(self, *args, **settings):
            super().__init__(*args, **settings)
            self.tags = tags

        def beginText(self, x=0, y=0, direction=None):
            return SpacedText(self, x, y, direction=direction)

    return TaggedSheet


class Stamp:
    """ReportLab's own stamp in invariant mode says 2000-01-01; this one says when the last fact happened."""

    def __init__(self, ms: int):
        moment = clock.local(ms)
        self.t = ms / 1000
        self.lt = moment.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh, self.dmm = divmod((moment.utcoffset() or timedelta()) // timedelta(minutes=1), 60)
        self.tzname = moment.tzname()
        self.datetime = moment
        self.asctime = f"{moment:%c}"
