"""What happens to the minutes after the meeting, in words: no part of their own text, and all of it in the timeline."""

from meetingroom.meeting import issuing, review
from meetingroom.minutes.narrative import MARKED
from meetingroom.minutes.narrator import Caption, Line, shortened, timeline_only
from meetingroom.printing.document_names import NAMES
from meetingroom.printing.wording import Words

ISSUED = "how documents are numbered, signed and issued is no turn of the meeting"


timeline_only(
    review.MinutesSent,
    MARKED,
    Caption("send", lambda event, line, _: _("%(name)s sent the minutes out for comments.", name=line.by)),
)
timeline_only(
    review.ReviewEnded,
    MARKED,
    Caption("hourglass", lambda event, line, _: _("The term for comments on the minutes ended.")),
)
timeline_only(
    review.MinutesCommented,
    MARKED,
    Caption(
        "message-square",
        lambda event, line, _: _(
            "%(name)s commented on the minutes: %(text)s", name=line.by, text=shortened(event.text)
        ),
    ),
)
timeline_only(
    review.CommentWithdrawn,
    MARKED,
    Caption("undo-2", lambda event, line, _: _("%(name)s took back a comment on the minutes.", name=line.by)),
)
timeline_only(
    review.MinutesAgreed,
    MARKED,
    Caption("check", lambda event, line, _: _("%(name)s agreed with the minutes.", name=line.person(event.person))),
)
timeline_only(
    review.CommentAnswered,
    MARKED,
    Caption("pen-line", lambda event, line, _: _("%(name)s answered a comment on the minutes.", name=line.by)),
)
timeline_only(
    review.MinutesSubmitted,
    MARKED,
    Caption("send", lambda event, line, _: _("%(name)s laid the minutes before the chair.", name=line.by)),
)
timeline_only(
    review.MinutesReturned,
    MARKED,
    Caption(
        "undo-2",
        lambda event, line, _: _(
            "%(name)s gave the minutes back: %(reason)s", name=line.by, reason=shortened(event.reason)
        ),
    ),
)
timeline_only(
    review.MinutesFinalised,
    MARKED,
    Caption("file-text", lambda event, line, _: _("The final minutes were made.")),
)
timeline_only(
    review.MinutesAcknowledged,
    MARKED,
    Caption(
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


timeline_only(
    issuing.DocumentMade,
    ISSUED,
    Caption("file-text", lambda event, line, _: _("Document made: %(name)s.", name=name_of(event.kind, _))),
)
timeline_only(
    issuing.NumberTaken,
    ISSUED,
    Caption("list-ordered", lambda event, line, _: _("Number %(number)s was taken.", number=event.text)),
)
timeline_only(
    issuing.NumberVoided,
    ISSUED,
    Caption(
        "ban",
        lambda event, line, _: _(
            "Number %(number)s was voided: %(reason)s", number=event.text, reason=shortened(event.reason)
        ),
    ),
)
timeline_only(
    issuing.NumberStamped,
    ISSUED,
    Caption(
        "stamp",
        lambda event, line, _: _(
            "Number and date were put into a document: %(name)s.", name=document_name(event.document, line, _)
        ),
    ),
)
timeline_only(
    issuing.SignatureAdded,
    ISSUED,
    Caption("signature", lambda event, line, _: _("%(name)s signed a document.", name=event.signer)),
)
timeline_only(
    issuing.DocumentIssued,
    ISSUED,
    Caption(
        "stamp",
        lambda event, line, _: _("Document issued: %(name)s.", name=document_name(event.document, line, _)),
        strong=True,
    ),
)
timeline_only(
    issuing.DocumentReplaced,
    ISSUED,
    Caption(
        "refresh-cw",
        lambda event, line, _: _("A document was replaced: %(reason)s", reason=shortened(event.reason)),
    ),
)
