"""The words of this area by code: errors, roles, fields."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetingroom.web.messages import message

ERRORS = {
    "not_signed_in": lazy_gettext("Please sign in first."),
    "no_right": lazy_gettext("You do not have the right to do this."),
    "header_missing": lazy_gettext("This request did not come from a page of the meeting room."),
    "form_expired": lazy_gettext("This form has been open for too long. Please try again."),
    "password_must_change": lazy_gettext("Please choose a new password first."),
    "wrong_credentials": lazy_gettext("The user name or the password is not right."),
    "too_many_attempts": lazy_gettext("Too many attempts. Please wait a moment before you try again."),
    "password_wrong": lazy_gettext("The current password is not right."),
    "password_too_short": lazy_gettext("The password needs at least 8 characters."),
    "password_too_long": lazy_gettext("The password may have at most 200 characters."),
    "password_too_common": lazy_gettext(
        "This password is too easy to guess. Please choose another one, such as several unrelated words."
    ),
    "password_unchanged": lazy_gettext("The new password must differ from the old one."),
    "passwords_differ": lazy_gettext("The two passwords are not the same."),
    "code_wrong": lazy_gettext("This code is not right. It stands in the window in which the server was started."),
    "username_twice": lazy_gettext("This user name stands twice on the list."),
    "person_exists": lazy_gettext("There is already somebody of this name in this unit."),
    "name_twice": lazy_gettext("This person stands twice on the list."),
    "becomes_admin": lazy_gettext("This person will be able to manage the whole system."),
    "only_this_meeting": lazy_gettext(
        "With the code of a nameplate only this one meeting can be used. Sign in for more."
    ),
    "pin_form": lazy_gettext("A PIN has four digits."),
    "pin_too_easy": lazy_gettext("This PIN is too easy to guess. Please choose another one."),
    "pins_differ": lazy_gettext("The two PINs are not the same."),
    "pin_wrong": lazy_gettext("The PIN is wrong."),
    "not_with_a_card": lazy_gettext("Who came in by a card prints no cards. Sign in with your user name and password."),
    "proof_needed": lazy_gettext(
        "You help to run this meeting now. Open your card again and give your PIN or password, or sign in."
    ),
    "pin_in_account": lazy_gettext("Who runs a meeting chooses the PIN in their own account, after signing in."),
    "pin_needed": lazy_gettext("Please give your PIN."),
    "pin_unset": lazy_gettext("You have no PIN yet. Choose one first."),
    "pin_set": lazy_gettext("You have a PIN already. It can be changed in your account."),
    "too_many_pins": lazy_gettext("Too many wrong PINs. Please wait, or use a device of your own."),
    "not_your_card": lazy_gettext("This is not the code on your nameplate."),
    "own_device_needed": lazy_gettext(
        "A secret vote is not cast on a shared tablet: a neighbour could see it. Use your own phone (scan the code on"
        " your nameplate), or ask the secretary for a paper ballot."
    ),
    "not_on_a_shared_tablet": lazy_gettext("This cannot be done on a shared tablet. Use a device of your own."),
    "two_or_three": lazy_gettext("Choose two or three people from the roll for a shared tablet."),
    "no_such_tablet_code": lazy_gettext("No tablet shows this code. Please check the six digits on the tablet."),
    "link_used": lazy_gettext("This sign-in link has been used or is too old."),
    "missing": lazy_gettext("Please fill in this field."),
    "username_bad": lazy_gettext("Only letters without marks, digits, dots and hyphens; at most 40."),
    "username_taken": lazy_gettext("This user name is already in use."),
    "role_bad": lazy_gettext("There is no such role."),
    "unit_unknown": lazy_gettext("There is no such unit."),
    "unit_taken": lazy_gettext("There is already a unit with this name."),
    "unit_loop": lazy_gettext("A unit cannot stand under itself."),
    "unit_not_empty": lazy_gettext("This unit still has people or units in it. Move or merge them first."),
    "email_bad": lazy_gettext("This is not an e-mail address."),
    "last_admin": lazy_gettext("This is the last administrator. Make somebody else administrator first."),
    "person_inactive": lazy_gettext("This account is deactivated. Reactivate it first."),
    "own_account": lazy_gettext("You cannot deactivate your own account."),
    "file_missing": lazy_gettext("Please choose a file."),
    "file_locked": lazy_gettext(
        "This workbook is protected. Please take the password and the protection of the workbook away in Excel"
        " (Review), save it and choose it again."
    ),
    "file_not_readable": lazy_gettext("This file cannot be read. Please use the CSV or XLSX template."),
    "file_no_names": lazy_gettext("No column of names was found. Please use the CSV or XLSX template."),
    "nobody_named": lazy_gettext("Type a name a line, or choose a list."),
    "file_empty": lazy_gettext("There is nobody in this file."),
    "list_too_large": lazy_gettext(
        "This file holds far more than a list of people. Copy the list into a new file, or use the template."
    ),
    "phone_cut": lazy_gettext("The spreadsheet has cut this number off. Please type it again."),
    "zero_added": lazy_gettext("the 0 at the front was put back"),
    "left_no_name": lazy_gettext("no name in this row"),
    "left_group": lazy_gettext("heading of a part of the list"),
    "left_heading": lazy_gettext("second row of the headings"),
    "left_numbers": lazy_gettext("numbers of the columns"),
    "left_ending": lazy_gettext("end of the list"),
    "file_too_long": lazy_gettext("A file may hold at most 1,000 people. Please divide it."),
}

ROLES = {
    "admin": lazy_gettext("Administrator"),
    "organiser": lazy_gettext("Meeting organiser"),
    "member": lazy_gettext("Member"),
}

ROLE_HINTS = {
    "admin": lazy_gettext("Manages people, units and the system; sees only the meetings they are invited to"),
    "organiser": lazy_gettext("Creates and prepares meetings"),
    "member": lazy_gettext("Attends the meetings they are invited to"),
}

FIELDS = {
    "name": lazy_gettext("Full name"),
    "username": lazy_gettext("User name"),
    "title": lazy_gettext("Position"),
    "unit": lazy_gettext("Unit"),
    "role": lazy_gettext("System role"),
    "email": lazy_gettext("E-mail"),
    "phone": lazy_gettext("Telephone"),
    "short": lazy_gettext("Short name"),
    "parent": lazy_gettext("Under"),
}

# What a column of a list is read as.
COLUMNS = {
    **FIELDS,
    "family": lazy_gettext("Family name and middle names"),
    "given": lazy_gettext("Given name"),
    "numbering": lazy_gettext("number of the row"),
}


def labels_of(errors: dict[str, str]) -> dict[str, str]:
    """Codes by field → sentences by field."""
    return {field: message(code) for field, code in errors.items()}


def role(code: str) -> str:
    return str(ROLES.get(code, code))


def device(agent: str) -> str:
    """`Chrome · Windows`: enough to recognise one's own tablet by."""
    systems = {"iPad": "iPad", "iPhone": "iPhone", "Android": "Android", "Windows": "Windows", "Mac OS": "macOS",
               "CrOS": "ChromeOS", "Linux": "Linux"}  # fmt: skip
    browsers = {"Edg": "Edge", "CocCoc": "Cốc Cốc", "coc_coc": "Cốc Cốc", "Firefox": "Firefox", "Chrome": "Chrome",
                "Safari": "Safari"}  # fmt: skip
    found = [next((name for mark, name in kinds.items() if mark in agent), "") for kinds in (browsers, systems)]
    return " · ".join(part for part in found if part) or _("Unknown device")


FILTERS = {"system_role": role, "device": device}
