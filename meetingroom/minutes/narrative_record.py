"""What happens to the minutes after the meeting, in words: no part of their own text, and all of it in the timeline."""

from meetingroom.meeting import issuing, review
from meetingroom.minutes.narrative import MARKED
from meetingroom.minutes.narrator import Line, Telling, shortened, untold
from meetingroom.printing.document_names import NAMES
from meetingroom.printing.wording import Words

ISSUED = "how documents are numbered, signed and issued is no turn of the meeting"


untold(
    review.MinutesSent,
    MARKED,
    Telling("send", lambda event, line, _: _("%(name)s sent the minutes out for comments.", name=line.by)),
)
untold(
    review.ReviewEnded,
    MARKED,
    Telling("hourglass", lambda event, line, _: _("The term for comments on the minutes ended.")),
)
untold(
    review.MinutesCommented,
    MARKED,
    Telling(
        "message-square",
        lambda event, line, _: _(
            "%(name)s commented on the minutes: %(text)s", name=line.by, text=shortened(event.text)
        ),
    ),
)
untold(
    review.CommentWithdrawn,
    MARKED,
    Telling("undo-2", lambda event, line, _: _("%(name)s took back a comment on the minutes.", name=line.by)),
)
untold(
    review.MinutesAgreed,
    MARKED,
    Telling("check", lambda event, line, _: _("%(name)s agreed with the minutes.", name=line.person(event.person))),
)
untold(
    review.CommentAnswered,
    MARKED,
    Telling("pen-line", lambda event, line, _: _("%(name)s answered a comment on the minutes.", name=line.by)),
)
untold(
    review.MinutesSubmitted,
    MARKED,
    Telling("send", lambda event, line, _: _("%(name)s laid the minutes before the chair.", name=line.by)),
)
untold(
    review.MinutesReturned,
    MARKED,
    Telling(
        "undo-2",
        lambda event, line, _: _(
            "%(name)s gave the minutes back: %(reason)s", name=line.by, reason=shortened(event.reason)
        ),
    ),
)
untold(
    review.MinutesFinalised,
    MARKED,
    Telling("file-text", lambda event, line, _: _("The final minutes were made.")),
)
untold(
    review.MinutesAcknowledged,
    MARKED,
    Telling(
        "badge-check",
        lambda event, line, _: _("%(name)s confirmed the final minutes.", name=line.person(event.person)),
    ),
)


def name_of(kind: str, _: Words) -> str:
    return _(NAMES[kind]) if kind in NAMES else kind


def document_name(document: str, line: Line, _: Words) -> str:
    """`Giấy mời 01/GM-VKS`."""
    known = line.state.issuing.documents.get(document)
    named = [name_of(known.kind, _) if known else document, issuing.number_of(line.state, document)]
    return " ".join(part for part in named if part)


untold(
    issuing.DocumentMade,
    ISSUED,
    Telling("file-text", lambda event, line, _: _("Document made: %(name)s.", name=name_of(event.kind, _))),
)
untold(
    issuing.NumberTaken,
    ISSUED,
    Telling("list-ordered", lambda event, line, _: _("Number %(number)s was taken.", number=event.text)),
)
untold(
    issuing.NumberVoided,
    ISSUED,
    Telling(
        "ban",
        lambda event, line, _: _(
            "Number %(number)s was voided: %(reason)s", number=event.text, reason=shortened(event.reason)
        ),
    ),
)
untold(
    issuing.SignatureAdded,
    ISSUED,
    Telling("signature", lambda event, line, _: _("%(name)s signed a document.", name=event.signer)),
)
untold(
    issuing.DocumentIssued,
    ISSUED,
    Telling(
        "stamp",
        lambda event, line, _: _("Document issued: %(name)s.", name=document_name(event.document, line, _)),
        strong=True,
    ),
)
untold(
    issuing.DocumentReplaced,
    ISSUED,
    Telling(
        "refresh-cw",
        lambda event, line, _: _("A document was replaced: %(reason)s", reason=shortened(event.reason)),
    ),
)
