"""The codes of the case room in words: refusals, kinds and stages, and the sentences of its log."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from meetingroom.web.messages import messages

messages.update(
    {
        "case_fields": _l("Please look at the fields that are marked."),
        "case_needed": _l("Please fill this in."),
        "case_too_long": _l("This is too long."),
        "case_too_many": _l("These are too many."),
        "case_choice": _l("Please choose one of those that are offered."),
        "case_law": _l("Please say which law this provision is of."),
        "case_article": _l("Please give the article as a number, for example 174."),
        "case_clause": _l("Please give the clause as a number, for example 4."),
        "case_point": _l("Please give the point as a letter, for example a."),
        "case_secret": _l("Of a case that may concern state secrets nothing but its code is entered."),
        "case_code_taken": _l("Another case has this code already."),
        "case_has_contents": _l("This case has contents already. Delete it if it concerns state secrets."),
        "case_no_person": _l("Please choose somebody with an account who is not an administrator."),
        "case_too_many_uploads": _l("Too many files wait to be confirmed. Confirm or remove some of them first."),
        "case_not_arrived": _l("This file has not arrived whole yet, or could not be read."),
        "case_joined": _l("This picture is a page of a document now. Take that apart first."),
        "case_join": _l(
            "Only pictures become one document: at least two, with %(pages)s pages and %(size)s MB together at most."
        ),
        "case_join_unread": _l(
            "The document was not made: %(names)s cannot be read. The other pictures wait again and can become one."
        ),
        "case_volume_full": _l("There are documents in this volume. Move or remove them first."),
        "tus_version": _l("This server takes uploads in pieces by version 1.0.0 of tus."),
        "upload_over": _l("This file has come already."),
        "upload_offset": _l("The pieces do not fit together. Please ask how much has come, and go on from there."),
        "upload_locked": _l("Another piece of this file is still coming."),
        "handover_open": _l("A handover of this case waits for its confirmation already."),
        "handover_over": _l("This handover is over: it was confirmed, declined or taken back."),
        "case_other_code": _l("This is not the code of this case."),
        "case_full": _l("A case file holds no more than %(limit)s of these."),
        "case_owner_stays": _l("A case has exactly one prosecutor in charge. That changes by a handover."),
    }
)
# Why a field is wrong (`fields.Wrong.why`): its message.
WRONG = {
    "other_code": "case_other_code",
    "needed": "case_needed",
    "type": "malformed",
    "too_long": "case_too_long",
    "too_many": "case_too_many",
    "choice": "case_choice",
    "law_needed": "case_law",
    "article_form": "case_article",
    "article_needed": "case_article",
    "clause_form": "case_clause",
    "clause_needed": "case_clause",
    "point_form": "case_point",
    "secret_title": "case_secret",
    "bad_date": "bad_date",
    "ends_before_start": "ends_before_start",
}

ROLES = {
    "owner": _l("Prosecutor in charge"),
    "helper": _l("Helper"),
    "leader": _l("Leader"),
    "reader": _l("Reader"),
}
KINDS = {
    "criminal": _l("Criminal"),
    "civil": _l("Civil"),
    "marriage": _l("Marriage and family"),
    "business": _l("Business and commerce"),
    "labour": _l("Labour"),
    "administrative": _l("Administrative"),
    "enforcement": _l("Enforcement of judgments"),
    "complaint": _l("Complaint, denunciation"),
    "other": _l("Other matter"),
}
STAGES = {
    "": _l("Not said"),
    "report": _l("Report of a crime"),
    "investigation": _l("Investigation"),
    "prosecution": _l("Prosecution"),
    "first_instance": _l("Trial at first instance"),
    "appeal": _l("Appeal"),
    "cassation": _l("Cassation, reopening"),
    "enforcement": _l("Enforcement"),
    "closed": _l("Ended"),
}
# The four classes of QĐ 1180/QĐ-TTg that cases and meetings on them may fall under: hints for the question.
SECRET_CLASSES = (
    _l("Cases on national security"),
    _l("Specially serious crimes against public order"),
    _l("Serious corruption and crimes of office"),
    _l("Cases of special public attention that are not yet public"),
)
SECRECY = {"no": _l("No"), "unsure": _l("Not clear"), "yes": _l("Yes")}

# The name of a line of the log: its sentence. Other parts of the case room add theirs with `LINES.update`.
LINES: dict[str, object | Callable[[dict], str]] = {
    "created": _l("%(by)s opened the case file %(code)s"),
    "sheet_changed": _l("%(by)s changed the case sheet"),
    "secrecy_answered": _l("%(by)s answered whether it concerns state secrets: %(secrecy)s"),
    "closed": _l("%(by)s closed the case file"),
    "opened_again": _l("%(by)s opened the case file again"),
    "stamp_overridden": _l("%(by)s let the file “%(file)s” come, whose name reads %(stamp)s: %(reason)s"),
    "imported": _l("%(by)s brought files into the case: %(count)s"),
    "document_changed": _l("%(by)s changed what is said of the document %(title)s"),
    "document_removed": _l("%(by)s removed the document %(title)s (%(pages)s pages)"),
    "volume_added": _l("%(by)s added volume %(no)s"),
    "volume_changed": _l("%(by)s named volume %(no)s: %(title)s"),
    "volume_removed": _l("%(by)s removed the empty volume %(no)s"),
    "handover_from_server": _l("The handover was started on the server, as nobody in the case could: %(reason)s"),
    "handover_started": _l("%(by)s started the handover to %(taker_name)s"),
    "handover_declined": _l("%(by)s did not take the case over"),
    "handover_withdrawn": _l("%(by)s took the handover to %(taker_name)s back"),
    "handed_over": _l("The case went from %(giver_name)s to %(taker_name)s, who confirmed it"),
    "log_exported": _l("%(by)s took the log out (%(ending)s)"),
    "looked_in": _l("%(by)s opened the page of the case"),
    "right_given": _l("%(by)s put %(person_name)s on the list as: %(role)s"),
    "right_taken": _l("%(by)s took %(person_name)s off the list"),
}
IN_WORDS = {"role": ROLES, "secrecy": SECRECY}


def charge(row: dict) -> str:
    """`điểm a khoản 4 Điều 174 BLHS (2015)`."""
    parts = []
    if row.get("point"):
        parts.append(_("point %(point)s,", point=row["point"]))
    if row.get("clause"):
        parts.append(_("clause %(clause)s,", clause=row["clause"]))
    parts.append(_("Article %(article)s", article=row["article"]))
    said = " ".join([*parts, row["law"]])
    return f"{said} ({row['version']})" if row.get("version") else said


def handed_over(row: dict) -> str:
    """What a case that waits for its next prosecutor is told to them: who hands it over, or has it handed over."""
    if row["by"] == row["giver"]:
        return _("%(name)s hands a case over to you", name=row["giver_name"])
    if row["by_name"]:
        return _("%(by)s has a case of %(name)s handed over to you", by=row["by_name"], name=row["giver_name"])
    return _("A case of %(name)s is to be handed over to you", name=row["giver_name"])


def days_left(deadline: dict) -> str:
    """`còn 12 ngày`, `hôm nay`, `quá hạn 3 ngày`, `đã xong`."""
    days = deadline["days"]
    if deadline["state"] == "done":
        return _("done")
    if days < 0:
        return ngettext("%(num)d day over", "%(num)d days over", -days)
    return _("today") if days == 0 else ngettext("%(num)d day left", "%(num)d days left", days)


def line(row: dict) -> str:
    """A line of the log as a sentence; of a part that is not there any more, its name."""
    sentence = LINES.get(row["name"])
    if sentence is None:
        return row["name"]
    if callable(sentence):
        return sentence(row)
    data = {
        key: str(IN_WORDS[key].get(value, value)) if key in IN_WORDS else value for key, value in row["data"].items()
    }
    try:
        return str(sentence) % {**data, "by": row["by_name"] or _("The program")}
    except (KeyError, TypeError, ValueError):
        return row["name"]
