"""Codes to words: each refusal and problem has one sentence, which says what to do where something can be done.

Every area adds its own with `messages.update({...})`; a test keeps the list complete.
"""

from flask_babel import lazy_gettext as _l

messages = {
    # requests
    "not_found": _l("There is nothing here, or it is not yours to see."),
    "not_allowed": _l("Your role in this meeting does not allow this."),
    "malformed": _l("The request could not be understood."),
    "no_such_command": _l("The program does not know this request. Please reload the page."),
    "id_taken": _l("This request was already made by somebody else. Please try again."),
    "method_not_allowed": _l("This address does not take such a request."),
    "too_large": _l("This is too large to be sent."),
    "busy": _l("The server is busy at the moment. Please try again."),
    "no_space": _l("The server's disk is full. What was already recorded is safe; please tell the administrator."),
    "internal": _l("Something went wrong on the server. Nothing was lost; please try again."),
    # the meeting
    "no_such_meeting": _l("There is no such meeting."),
    "meeting_exists": _l("This meeting already exists."),
    "meeting_over": _l("The meeting is over; this can no longer be changed."),
    "meeting_not_open": _l("The meeting has not been opened yet."),
    "meeting_adjourned": _l("The meeting is adjourned. Resume it first."),
    "already_published": _l("The meeting has already been published."),
    "already_opened": _l("The meeting has already been opened."),
    "not_published": _l("The meeting has not been published yet."),
    "not_adjourned": _l("The meeting is not adjourned."),
    "not_closed": _l("Only a closed meeting can be archived."),
    "no_chair": _l("The meeting has no chair yet. Invite a chair first."),
    "secret_meeting": _l("This meeting concerns state secrets: no content may be entered into this system."),
    "secret_title": _l("A meeting on state secrets has no title in this system."),
    "bad_time": _l("This is not a valid time."),
    "bad_date": _l("This is not a valid date."),
    "ends_before_start": _l("The end must be after the start."),
    "too_long_a_meeting": _l("A meeting cannot last longer than 30 days."),
    # people and sites
    "no_such_person": _l("This person does not take part in the meeting."),
    "already_invited": _l("This person has already been invited."),
    "one_chair": _l("A meeting has one chair. Make the other one a co-chair."),
    "chair_needed": _l("The chair cannot be changed while the meeting is running."),
    "not_yourself": _l("You cannot do this to yourself."),
    "holds_the_stage": _l("This person is presenting. Take the stage back first."),
    "no_such_site": _l("There is no such site."),
    "site_in_use": _l("People are still assigned to this site."),
    "too_many_sites": _l("There are too many sites."),
    # programme and papers
    "no_such_item": _l("There is no such agenda item any more."),
    "too_many_items": _l("There are too many agenda items."),
    "item_reached": _l("The meeting has already reached this item."),
    "item_has_papers": _l("This item still has papers. Move or withdraw them first."),
    "item_is_current": _l("This item is already being dealt with."),
    "item_not_current": _l("This item is not being dealt with now."),
    "no_such_paper": _l("There is no such paper any more."),
    "document_not_ready": _l("This document is not ready yet."),
    "already_attached": _l("This document is already attached."),
    "paper_on_stage": _l("This paper is being shown. Show something else first."),
    # the stage
    "not_the_holder": _l("Somebody else is presenting now."),
    "nothing_shown": _l("No paper is being shown."),
    "no_such_page": _l("The paper has no such page."),
    "bad_rect": _l("This part of the page is too small."),
    # the roll
    "not_present": _l("This person is not checked in."),
    "not_for_others": _l("You can only do this for yourself."),
    # the record
    "note_changed": _l("Somebody else has changed this text in the meantime."),
    "no_such_conclusion": _l("There is no such conclusion any more."),
    # fields
    "empty": _l("Please fill this in."),
    "too_long": _l("This text is too long."),
    "too_many": _l("There are too many of these."),
    "not_a_number": _l("This number is out of range."),
    "not_a_choice": _l("Please choose one of the given values."),
    # screens
    "no_such_code": _l("No screen shows this code. Please check the six digits on the screen."),
}


def message(code: str) -> str:
    """The sentence for a code, in the language of the request."""
    return str(messages.get(code, messages["internal"]))
