"""The access log in words: one sentence for each kind of line. Pure."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetingroom import clock
from meetingroom.auth import account_labels

# code: (what the filter calls it, the sentence)
LINES = {
    "signed_in": (lazy_gettext("Sign-in"), lazy_gettext("%(by)s signed in")),
    "signed_in_by_link": (lazy_gettext("Sign-in by link"), lazy_gettext("%(by)s signed in by a one-time link")),
    "signed_in_by_card": (lazy_gettext("Sign-in by card"), lazy_gettext("%(by)s signed in by the code on a nameplate")),
    "nameplates_printed": (lazy_gettext("Nameplates printed"), lazy_gettext("%(by)s printed nameplates: %(count)s")),
    "nameplates_revoked": (
        lazy_gettext("Nameplates withdrawn"),
        lazy_gettext("%(by)s withdrew nameplate codes: %(count)s"),
    ),
    "tablet_enrolled": (
        lazy_gettext("Shared tablet enrolled"),
        lazy_gettext("%(by)s enrolled a tablet for %(count)s people"),
    ),
    "acted_at_tablet": (lazy_gettext("PIN at a shared tablet"), lazy_gettext("%(by)s acted at a shared tablet by PIN")),
    "pin_wrong": (lazy_gettext("Wrong PIN"), lazy_gettext("Wrong PIN of %(subject)s at a shared tablet")),
    "pin_set": (lazy_gettext("PIN chosen"), lazy_gettext("%(by)s chose a PIN")),
    "pin_removed": (lazy_gettext("PIN removed"), lazy_gettext("%(by)s removed their PIN")),
    "sign_in_failed": (lazy_gettext("Wrong password"), lazy_gettext("Wrong password for the account of %(subject)s")),
    "sign_in_unknown": (lazy_gettext("Unknown user name"), lazy_gettext("Sign-in with an unknown user name")),
    "signed_out": (lazy_gettext("Sign-out"), lazy_gettext("%(by)s signed out")),
    "sessions_ended": (lazy_gettext("Sign-out elsewhere"), lazy_gettext("%(by)s signed out on other devices")),
    "first_administrator": (lazy_gettext("First start"), lazy_gettext("%(by)s set up the system")),
    "password_changed": (lazy_gettext("Password changed"), lazy_gettext("%(by)s changed their password")),
    "password_reset": (lazy_gettext("Password reset"), lazy_gettext("%(by)s reset the password of %(subject)s")),
    "link_made": (lazy_gettext("Sign-in link made"), lazy_gettext("%(by)s made a sign-in link for %(subject)s")),
    "person_added": (lazy_gettext("Person added"), lazy_gettext("%(by)s added %(subject)s")),
    "person_edited": (lazy_gettext("Person edited"), lazy_gettext("%(by)s edited the details of %(subject)s")),
    "person_deactivated": (lazy_gettext("Account deactivated"), lazy_gettext("%(by)s deactivated %(subject)s")),
    "person_reactivated": (lazy_gettext("Account reactivated"), lazy_gettext("%(by)s reactivated %(subject)s")),
    "people_imported": (lazy_gettext("List imported"), lazy_gettext("%(by)s imported a list of people: %(count)s")),
    "unit_added": (lazy_gettext("Unit added"), lazy_gettext("%(by)s added the unit %(subject)s")),
    "unit_edited": (lazy_gettext("Unit edited"), lazy_gettext("%(by)s edited the unit %(subject)s")),
    "layout_changed": (
        lazy_gettext("Look of documents changed"),
        lazy_gettext("%(by)s changed how the documents of %(subject)s look"),
    ),
    "note_version_deleted": (
        lazy_gettext("Version of minutes deleted"),
        lazy_gettext("%(by)s deleted version %(rev)s of a text of minutes: %(reason)s"),
    ),
    "unit_moved": (lazy_gettext("Unit moved"), lazy_gettext("%(by)s moved the unit %(subject)s")),
    "unit_deactivated": (
        lazy_gettext("Unit taken out of use"),
        lazy_gettext("%(by)s took the unit %(subject)s out of use"),
    ),
    "unit_reactivated": (
        lazy_gettext("Unit in use again"),
        lazy_gettext("%(by)s put the unit %(subject)s in use again"),
    ),
    "mail_edited": (lazy_gettext("E-mail settings changed"), lazy_gettext("%(by)s changed the settings of e-mail")),
    "days_edited": (lazy_gettext("Working days changed"), lazy_gettext("%(by)s changed the working days (%(day)s)")),
    "trust_added": (lazy_gettext("Signatures: trust added"), lazy_gettext("%(by)s trusts the fingerprint %(name)s")),
    "trust_removed": (
        lazy_gettext("Signatures: trust removed"),
        lazy_gettext("%(by)s no longer trusts the fingerprint %(name)s"),
    ),
    "signer_registered": (
        lazy_gettext("Certificate registered"),
        lazy_gettext("%(by)s registered the certificate %(serial)s of %(subject)s"),
    ),
    "signer_removed": (
        lazy_gettext("Certificate struck off"),
        lazy_gettext("%(by)s struck off the certificate %(serial)s of %(subject)s"),
    ),
    "token_released": (
        lazy_gettext("Signing token released"),
        lazy_gettext("%(by)s let the server ask the signing token again"),
    ),
    "register_saved": (lazy_gettext("Register changed"), lazy_gettext("%(by)s changed the register %(title)s")),
    "retention_set": (
        lazy_gettext("Retention set"),
        lazy_gettext("%(by)s set the retention of a dossier: %(code)s"),
    ),
    "destruction_asked": (
        lazy_gettext("Destruction asked for"),
        lazy_gettext("%(by)s asked for a dossier to be destroyed, decision %(decision)s"),
    ),
    "dossier_destroyed": (
        lazy_gettext("Dossier destroyed"),
        lazy_gettext("%(by)s confirmed that a dossier is destroyed, decision %(decision)s"),
    ),
    "redaction_asked": (
        lazy_gettext("Entry to be withheld"),
        lazy_gettext("%(by)s asked for entry %(seq)s of a meeting to be withheld"),
    ),
    "redaction_dropped": (
        lazy_gettext("Withholding given up"),
        lazy_gettext("%(by)s decided that entry %(seq)s of a meeting stays"),
    ),
    "archive_supplemented": (
        lazy_gettext("Supplement to a dossier"),
        lazy_gettext("%(by)s added a supplement to a sealed dossier: %(name)s"),
    ),
    "destruction_withdrawn": (
        lazy_gettext("Destruction given up"),
        lazy_gettext("%(by)s took back that a dossier be destroyed"),
    ),
    "user_added": (lazy_gettext("Account made"), lazy_gettext("%(by)s made the account of %(subject)s")),
    "document_deleted": (lazy_gettext("Upload deleted"), lazy_gettext("%(by)s deleted the upload %(filename)s")),
    "stamp_overridden": (
        lazy_gettext("Stamp of a secret overruled"),
        lazy_gettext("%(by)s uploaded %(filename)s although its name bears the stamp %(stamp)s: %(reason)s"),
    ),
    "papers_bound": (
        lazy_gettext("Papers made to be printed"),
        lazy_gettext("%(by)s had the papers of “%(title)s” made into one file to be printed: %(pages)s pages"),
    ),
    "units_merged": (lazy_gettext("Units merged"), lazy_gettext("%(by)s merged the unit %(subject)s into %(into)s")),
}

KINDS = {code: label for code, (label, _sentence) in LINES.items()}


def sentence(line: dict) -> str:
    """`Phạm Thị Dung đặt lại mật khẩu của Lý Thị Mai`; other areas' lines are shown by their code."""
    fields = {"count": "", "into": "", **line["data"]}
    fields |= {"by": line["by_name"] or _("The system"), "subject": line["subject_name"] or fields.get("name", "")}
    if line["name"] not in LINES:
        return f"{fields['by']}: {line['name']} {fields['subject']}".strip()
    return str(LINES[line["name"]][1]) % fields


def changes(line: dict) -> list[str]:
    """What was changed to what, for an edited person; the old name of a renamed unit."""
    data = line["data"]
    if line["name"] == "person_edited":
        return [change(data, field) for field in data.get("fields", ()) if field in account_labels.FIELDS]
    if line["name"] == "unit_edited" and data.get("before") not in (None, data.get("name")):
        return [f"{data['before']} → {data.get('name')}"]
    return []


def change(data: dict, field: str) -> str:
    if field == "role":
        return f"{account_labels.FIELDS[field]}: {account_labels.role(data.get('role', ''))}"
    return (
        f"{account_labels.FIELDS[field]}: {data[field]}"
        if data.get(field) and field != "unit"
        else str(account_labels.FIELDS[field])
    )


def seconds(ms: int) -> str:
    return f"{clock.local(ms):%H:%M:%S}"


FILTERS = {"audit_sentence": sentence, "audit_changes": changes, "clock_seconds": seconds}
