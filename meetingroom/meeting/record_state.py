"""What is known of the record after a meeting: its review, numbers, documents and signatures. Pure."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Comment:
    """What a reader of the minutes remarks on a part of them, and the secretary's answer."""

    item: str  # an item of the agenda, general, attendance or conclusions
    text: str
    quote: str
    by: str
    at: int
    round: int
    answer: str = ""  # taken | explained
    reply: str = ""
    answered_at: int = 0


@dataclass(frozen=True)
class Round:
    """A copy of the minutes is with its readers until a moment (ms). `seq` is the number of the fact that sent it."""

    number: int
    version: int
    digest: str
    until: int
    readers: tuple[str, ...]
    sent_at: int
    sent_by: str
    seq: int
    letterhead: dict[str, str] = field(default_factory=dict)
    agreed: tuple[str, ...] = ()
    ended_at: int = 0
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """The minutes lie before the chair."""

    version: int
    digest: str
    at: int
    by: str
    seq: int


@dataclass(frozen=True)
class Returned:
    """The chair has given the minutes back."""

    reason: str
    at: int
    by: str


@dataclass(frozen=True)
class Final:
    """The files of a version of the minutes, by their SHA-256. `unlocked` is why it counts no more."""

    version: int
    digest: str
    pdf: str
    docx: str
    at: int
    by: str
    unlocked: str = ""


@dataclass(frozen=True)
class Review:
    """The way of the minutes from the secretary to their last form."""

    rounds: tuple[Round, ...] = ()
    comments: dict[str, Comment] = field(default_factory=dict)
    submitted: Submission | None = None
    returned: Returned | None = None
    finals: dict[int, Final] = field(default_factory=dict)  # by version
    final: int = 0  # the version that counts; 0: none
    acknowledged: dict[str, int] = field(default_factory=dict)  # by person, when (ms)


@dataclass(frozen=True)
class Signature:
    """A signature in a file that holds it and all before it. Times in ms."""

    file: str
    field: str
    signer: str
    serial: str
    at: int
    grade: str


@dataclass(frozen=True)
class Numbered:
    """A number of a register, taken by this meeting for one of its documents. `void` is why it is used by none."""

    register: str
    year: int
    number: int
    text: str
    document: str
    at: int
    by: str
    void: str = ""
    printed: bool = True


@dataclass(frozen=True)
class Document:
    """An official document of the meeting. Files by their SHA-256."""

    kind: str
    version: int
    pdf: str
    docx: str
    at: int
    by: str
    item: str = ""
    person: str = ""
    signatures: tuple[Signature, ...] = ()
    issued: str = ""  # the file that went out
    issued_at: int = 0
    replaced_by: str = ""
    reason: str = ""
    stamped: str = ""  # the file with number and day put into it …
    stamped_over: int = 0  # … after so many signatures
    dated: str = ""
    number: str = ""  # of minutes that were written anew: what had been entered by hand


@dataclass(frozen=True)
class Reopened:
    """Issued minutes are written anew: which document they are, of which version of the text, and why. `was` is the
    MeetingState of before, which comes back if this is withdrawn."""

    document: str
    version: int
    reason: str
    at: int
    by: str
    was: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Issuing:
    numbers: tuple[Numbered, ...] = ()
    documents: dict[str, Document] = field(default_factory=dict)
    minutes: str = ""  # the document that the minutes are by now; "": the first
    reopened: Reopened | None = None  # the last one that these are to replace, or have replaced
