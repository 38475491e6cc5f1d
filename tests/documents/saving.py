"""A file, saved by LibreOffice in another format: by one that stays, since to start it costs two seconds of a core.

Each process of a run has its own, from the first file to the end of the run; it looks for the next wish in a folder.
Its settings are those of a new installation. What the program converts is always converted by a LibreOffice of its own.
"""

import atexit
import html
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from meetingroom.documents import office

FILTERS = {
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "xls": "MS Excel 97",
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "ppt": "MS PowerPoint 97",
    "pptx": "Impress MS PowerPoint 2007 XML",
}

# As `--convert-to` opens a file: hidden, nothing in it run, no field brought up to date.
BASIC = """
Dim hidden(3) As New com.sun.star.beans.PropertyValue
Dim kind(0) As New com.sun.star.beans.PropertyValue

Sub Main
  hidden(0).Name = "Hidden": hidden(0).Value = True
  hidden(1).Name = "Silent": hidden(1).Value = True
  hidden(2).Name = "MacroExecutionMode": hidden(2).Value = 0
  hidden(3).Name = "UpdateDocMode": hidden(3).Value = 0
  kind(0).Name = "FilterName"
  pause = 20
  Do While FileExists("/proc/" & Environ("SAVING_FOR") & "/stat")
    If FileExists(Environ("SAVING_IN") & "/wish") Then
      Save
      pause = 20
    End If
    Wait CLng(pause)
    If pause < 1000 Then pause = pause * 1.05 ' who has long had nothing to do looks seldom
  Loop
  StarDesktop.terminate
End Sub

Sub Save
  Dim source As String, target As String, filter As String, said As String
  On Error GoTo Failed
  Open Environ("SAVING_IN") & "/wish" For Input As #1
  Line Input #1, source
  Line Input #1, target
  Line Input #1, filter
  Close #1
  Kill Environ("SAVING_IN") & "/wish"
  kind(0).Value = filter
  paper = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  paper.storeToURL(ConvertToURL(target), kind())
  paper.close(True)
  said = "saved"
Answer:
  Open Environ("SAVING_IN") & "/answer.new" For Output As #2
  Print #2, said
  Close #2
  Name Environ("SAVING_IN") & "/answer.new" As Environ("SAVING_IN") & "/answer"
  Exit Sub
Failed:
  said = Error(Err) & " in line " & Erl
  Resume Answer
End Sub
"""
INSTALLED = next(setting for setting in office.SETTINGS if setting[1] == "ooSetupInstCompleted")


class Standing:
    """The LibreOffice of this process."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="saving-"))
        user = self.folder / "profile" / "user"
        office.furnish(user)
        opening = office.PROFILE.partition("<item")[0]
        (user / "registrymodifications.xcu").write_text(f"{opening}{office.SETTING.format(*INSTALLED)}\n</oor:items>\n")
        (user / "basic/Standard/Press.xba").write_text(office.MODULE.format(html.escape(BASIC, quote=False)))
        profile = f"-env:UserInstallation=file://{self.folder}/profile"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", profile, "macro:///Standard.Press.Main"],
            env={**os.environ, "SAVING_IN": str(self.folder), "SAVING_FOR": str(os.getpid())},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        atexit.register(self.end)

    def save(self, source: Path, target: Path, kind: str, seconds: float = 120) -> None:
        (self.folder / "wish.new").write_text(f"{source}\n{target}\n{kind}\n", "utf-8")
        (self.folder / "wish.new").rename(self.folder / "wish")
        answer, deadline = self.folder / "answer", time.monotonic() + seconds
        while not answer.exists():
            assert self.process.poll() is None, "LibreOffice has ended"
            assert time.monotonic() < deadline, "LibreOffice does not answer"
            time.sleep(0.02)
        said = answer.read_text("utf-8", "replace").strip()
        answer.unlink()
        assert said == "saved", said
        assert target.exists()

    def end(self) -> None:
        """Killed with all it started: it has nothing that is wanted."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, 9)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


standing: list[Standing] = []


def saved_as(path: Path, ending: str, folder: Path) -> Path:
    """The same file in another format, in this folder."""
    if not standing or standing[0].process.poll() is not None:
        standing[:] = [Standing()]
    target = folder / f"{path.stem}.{ending}"
    standing[0].save(path.resolve(), target.resolve(), FILTERS[ending])
    return target
