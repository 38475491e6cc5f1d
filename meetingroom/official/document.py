"""What an official document says, whoever prints it: one content for every kind of file. Pure."""

from dataclasses import dataclass

from meetingroom.minutes.outline import Block
from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.page_format import Paper, on_its_side


@dataclass(frozen=True)
class Signer:
    """Who signs. `office` may have lines: `TL. VIỆN TRƯỞNG` and below it `CHÁNH VĂN PHÒNG`."""

    office: str
    name: str = ""


@dataclass(frozen=True)
class Official:
    """A document of forms 1.1, 1.4, 1.7 or 1.9 of Decree 30/2020/NĐ-CP, or a list.

    One signer signs on the right, with the recipients on the left; two sign side by side, the recipients below.
    """

    kind: str
    letterhead: Letterhead
    name: str  # in capitals: THÔNG BÁO
    subject: str
    blocks: tuple[Block, ...]
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    place_date: str = ""  # Lạc Giang, ngày 17 tháng 12 năm 2026
    numbered: bool = True
    conference: bool = False
    draft: bool = False
    written: int = 0  # when the last fact in it happened, ms: the date inside the files
    urgency: str = ""  # KHẨN
    circulation: str = ""  # LƯU HÀNH NỘI BỘ
    foot: str = ""  # the agency's address, at the foot of the first page
    paper: Paper = Paper()
    landscape: bool = False  # all of it
    wide: tuple[Block, ...] = ()  # tables that follow on pages on their side

    @property
    def sheet(self) -> Paper:
        """The paper of the first page."""
        return on_its_side(self.paper) if self.landscape else self.paper

    @property
    def title(self) -> str:
        """What the file is called in a reader's window."""
        return f"{self.name.capitalize()}: {self.subject}" if self.subject else self.name.capitalize()
