"""Codes to words: each refusal and problem has one sentence, which says what to do where something can be done.

Every area adds its own with `messages.update({...})`; a test keeps the list complete.
"""

from collections import UserDict

from flask_babel import lazy_gettext as _l

COMMON = {
    # requests
    "not_found": _l("There is nothing here, or it is not yours to see."),
    "not_allowed": _l("Your role in this meeting does not allow this."),
    "malformed": _l("The request could not be understood."),
    "no_such_command": _l("The program does not know this request. Please reload the page."),
    "id_taken": _l("This request was already made by somebody else. Please try again."),
    "another_person": _l("Somebody else has signed in on this device since. Nothing was done; please reload the page."),
    "method_not_allowed": _l("This address does not take such a request."),
    "too_large": _l("This is too large to be sent."),
    "busy": _l("The server is busy at the moment. Please try again."),
    "no_space": _l("The server's disk is full. What was already recorded is safe; please tell the administrator."),
    "database_damaged": _l("The server's disk or database is damaged. Please tell the administrator at once."),
    "papers_empty": _l("Choose at least one paper."),
    "no_such_recall": _l("There is no such recall."),
    "recalled": _l("This paper has been recalled."),
    "paper_withdrawn": _l("This paper was taken out of the meeting. It can no longer be read."),
    "readers_empty": _l("Choose at least one group or person who may read this paper."),
    "not_for_all": _l("Some people in the meeting may not read this paper. Show it to all of them?"),
    "restricted": _l("Nothing of this paper may stay on a device: it cannot be downloaded."),
    "page_missing": _l("The picture of this page is missing on the server. It is being drawn again."),
    "page_lost": _l("This page and its file are missing on the server. The administrator can restore a backup."),
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
    "minutes_too_early": _l("The minutes can be approved once the meeting is closed."),
    "minutes_approved": _l("The minutes have been approved. The chair has to unlock them before anything is changed."),
    "minutes_not_approved": _l("The minutes have not been approved."),
    "changed_meanwhile": _l("The minutes have changed meanwhile. Please read them again before approving."),
    "minutes_submitted": _l("The minutes lie before the chair already."),
    "minutes_not_submitted": _l("The minutes have not been laid before the chair."),
    "minutes_final": _l("The minutes have their final form already."),
    "minutes_not_final": _l("The minutes do not have their final form yet."),
    "files_not_made": _l("The final files could not be made; nothing was recorded. Please try again."),
    "review_open": _l("The minutes are with their readers. Wait for the end of the term, or end it first."),
    "review_over": _l("The term for comments is over."),
    "no_review": _l("The minutes are not out for comments."),
    "no_readers": _l("Nobody would read this copy. Choose at least one other person."),
    "until_past": _l("The term must lie ahead."),
    "not_a_reader": _l("This copy was not sent to you for comments."),
    "commented_already": _l("You have comments on this copy. Take them back before you agree with it as it is."),
    "no_such_comment": _l("This comment was taken back, or it never was."),
    "not_yours": _l("Only its author can take back a comment, while the copy is out."),
    "comments_unanswered": _l("There are comments without an answer. Answer each of them first."),
    "no_such_document": _l("There is no such document."),
    "no_such_kind": _l("A document of this kind cannot be made here."),
    "document_replaced": _l("This document counts no more."),
    "already_issued": _l("The document has been issued. It can only be replaced by another one."),
    "minutes_not_reopened": _l("The issued minutes are not being written anew."),
    "not_who_asked": _l("Only the person who asked for it can take it back."),
    "changed_since_reopened": _l("The new version has been worked on since: finish and issue it."),
    "minutes_not_issued": _l("The minutes have not been issued: unlock them to change them."),
    "not_issued": _l("Only an issued document can be replaced, and only once."),
    "number_taken": _l("This document has its number already."),
    "number_needed": _l("The document needs a number before it is issued."),
    "number_printed": _l("The number stands in the final file. Unlock the minutes before you void it."),
    "number_not_stamped": _l("The number is not in the file yet. Put number and date into it first."),
    "stamped_already": _l("Number and date are in the document already."),
    "no_room": _l(
        "The file has no room for number and date: it was signed without the fields that this program makes, or the"
        " room is not empty. Have it signed again, in the file that is downloaded here."
    ),
    "other_symbol": _l("The symbol in the file is not the one of the number. Make the document again first."),
    "stamp_breaks": _l(
        "Number and date cannot be put into this file without breaking a signature. Nothing was changed."
    ),
    "day_ahead": _l("The date of issue cannot be a day to come."),
    "number_of_another_year": _l("The number was taken in another year than that of the date."),
    "number_not_in_file": _l("The file was made before the number was taken. Make the document again first."),
    "no_such_number": _l("There is no such number, or it was voided already."),
    "no_such_register": _l("There is no such register."),
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
    "took_part": _l("This person has already spoken or is on the roll of a ballot. Record that they have left."),
    "no_such_site": _l("There is no such site."),
    "site_in_use": _l("People are still assigned to this site."),
    "too_many_sites": _l("There are too many sites."),
    # programme and papers
    "no_such_item": _l("There is no such agenda item any more."),
    "too_many_items": _l("There are too many agenda items."),
    "item_reached": _l("The meeting has already reached this item."),
    "item_has_papers": _l("This item still has papers. Move or withdraw them first."),
    "followup_there": _l("The follow-up of earlier conclusions is on the agenda already."),
    "not_in_series": _l("This meeting does not belong to a series."),
    "already_carried": _l("This item is carried over already, or belongs to this meeting alone."),
    "no_such_series": _l("There is no such series of meetings."),
    "in_a_series": _l("This meeting belongs to a series already."),
    "rests_on_series": _l(
        "The meeting stays in its series: it has given out tasks, or items of its agenda came from there or went there."
    ),
    "item_is_current": _l("This item is already being dealt with."),
    "item_not_current": _l("This item is not being dealt with now."),
    "no_such_paper": _l("There is no such paper any more."),
    "document_not_ready": _l("This document is not ready yet."),
    "held_for_stamp": _l(
        "On this paper the stamp of a state secret was recognised. Whoever releases it says why it is none (at least 10"
        " letters); the reason is recorded."
    ),
    "already_attached": _l("This document is already attached."),
    "no_such_version": _l("There is no such document in this meeting."),
    "not_compared": _l("This document has not been checked against the paper file as it is now. Check it first."),
    "paper_on_stage": _l("This paper is being shown. Show something else first."),
    # the stage
    "not_the_holder": _l("Somebody else is presenting now."),
    "nothing_shown": _l("No paper is being shown."),
    "no_such_case": _l("There is no such case here, or it is not yours to bring."),
    "case_was_shown": _l("The case was shown in this meeting already and stays in its record."),
    "no_such_evidence": _l("This page is not in the case, or it has not been released to the meeting."),
    "no_such_map": _l("This case has no such published map."),
    "no_map_shown": _l("No map has been shown yet."),
    "no_such_media": _l("This recording is not in the case, or it has not been released to the meeting."),
    "page_not_drawn": _l("This page is still being drawn. Please try again in a moment."),
    "media_not_ready": _l("This photo or recording is not ready yet."),
    "no_media_shown": _l("No recording is on the screens."),
    "no_such_step": _l("This step is not in the script any more."),
    "bad_clip": _l("This part of the recording is too short, or lies outside of it."),
    "bad_rate": _l("A recording runs at 0.5 to 2 times its speed."),
    "no_such_node": _l("The map that is shown has no such node."),
    "hidden_node": _l("The room may not see this node. You can look at it for yourself."),
    "no_such_page": _l("The paper has no such page."),
    "bad_rect": _l("This part of the page is too small."),
    "bad_mark": _l("This is not a mark that can be drawn."),
    "mark_outside": _l("Words are marked within an excerpt. This mark lies in none."),
    "too_many_marks": _l("Enough lines are marked on this page. Remove some marks first."),
    "ink_full": _l("No more can be written here. Clear a page first."),
    "bad_place": _l("This is not a page of a paper."),
    "bad_stroke": _l("This is not a stroke that can be drawn."),
    "too_many_strokes": _l("These are too many strokes at once, or none."),
    "nothing_to_restore": _l("What was cleared can no longer be brought back."),
    # the roll
    "not_present": _l("This person is not checked in."),
    "not_for_others": _l("You can only do this for yourself."),
    "no_substitute": _l("Nobody has been named to attend instead."),
    # the floor
    "floor_closed": _l("Requests to speak on this item are closed."),
    "already_waiting": _l("You are already on the list of speakers."),
    "no_such_request": _l("This request to speak is no longer waiting."),
    "too_many_opinions": _l(
        "There are many written opinions of this person already. Please hand the next one to the secretary."
    ),
    "nobody_speaks": _l("Nobody has the floor now."),
    "speech_paused": _l("The speaker's clock is already paused."),
    "speech_not_paused": _l("The speaker's clock is not paused."),
    "not_due": _l("The time is not up yet."),
    # ballots
    "no_such_ballot": _l("There is no such ballot any more."),
    "ballot_not_draft": _l("This ballot has already been opened."),
    "ballot_not_open": _l("Voting on this question is not open."),
    "ballot_over": _l("Voting on this question has ended."),
    "ballot_not_closed": _l("This ballot is not closed yet."),
    "ballot_unpublished": _l(
        "A result has not been published. Publish it, leave it unpublished, or annul the ballot first."
    ),
    "more_than_present": _l("More ballot papers than people present. Please count again, or confirm the number."),
    "ballot_open": _l("A ballot is still open. Close it first."),
    "no_voters": _l("Nobody is entitled to vote in this ballot."),
    "too_few_for_secret": _l("With fewer than four voters a secret ballot is not secret."),
    "not_a_voter": _l("You are not on the roll of this ballot."),
    "recused": _l("You take no part in this ballot because of your involvement in the matter."),
    "substitute_attends": _l("A substitute attends for you; attending is not voting."),
    "already_voted": _l("You have already voted in this secret ballot."),
    "no_such_option": _l("This is not an option of the ballot."),
    "too_many_choices": _l("You have chosen too many options."),
    "too_many_ballots": _l(
        "This meeting has too many ballots. Drop drafts that are not needed, or hold another meeting."
    ),
    "bad_options": _l("A ballot needs at least two different options."),
    "sealed_box_incomplete": _l("The sealed votes could not all be read. Annul this ballot and vote again."),
    "result_known": _l("The numbers of this secret ballot are known: it can no longer be annulled."),
    "votes_already_cast": _l("Votes have already been cast electronically in this ballot."),
    "two_tellers": _l("Enter the names of two tellers."),
    "more_than_voters": _l("There are more ballots than voters."),
    "papers_needed": _l("Enter how many ballot papers were returned."),
    "decision_needed": _l("Record the chair's decision first."),
    # messages and service
    "no_such_notice": _l("This notice has already been taken back."),
    "already_called": _l("You have already called for this."),
    "no_such_call": _l("This call is no longer there."),
    # the record
    "note_changed": _l("This text has been changed elsewhere in the meantime."),
    "too_much_text": _l("The minutes hold too much text already. Please attach long texts as papers."),
    "no_such_conclusion": _l("There is no such conclusion any more."),
    "no_conclusions": _l("No conclusion has been recorded yet."),
    "conclusions_changed": _l("The conclusions have changed meanwhile. Please read them again before approving."),
    "conclusions_approved": _l("The chair has approved the conclusions already."),
    "conclusions_not_submitted": _l("The conclusions have not been submitted to the chair."),
    "directive_issued": _l("This conclusion has been given out as a task. The chair can cancel the task."),
    "directives_not_issued": _l(
        "The chair has not approved the conclusions that name a unit: nobody has been given these tasks yet."
    ),
    # a case is reported
    "not_a_case_report": _l("This belongs to case reports only."),
    "another_case": _l("Another case is reported in this meeting already."),
    "report_registered": _l("A case was registered for this meeting: it stays a case report."),
    "sites_not_permitted": _l("A case report has no other sites, unless the chair allows them."),
    "direction_concluded": _l("The chair has given the direction; this can no longer be changed."),
    "no_direction": _l("The direction of the chair is missing. Without it the record is not final."),
    "no_such_question": _l("This question is no longer there."),
    "question_answered": _l("This question has been answered and stays in the record."),
    "not_your_question": _l("Only who asked can take a question back."),
    "not_said_by_you": _l("Only the secretary enters what somebody else has said."),
    "case_not_cleared": _l(
        "A case comes to a meeting only after it was answered on its page that no state secret is concerned."
    ),
    "not_who_carries_it_out": _l("Only the prosecutor in charge of the case or who reported it can confirm this."),
    "not_who_reports": _l("Only who reports the case can propose how to decide."),
    "no_such_proposal": _l("This proposal is no longer there."),
    "proposal_in_use": _l("Somebody has given an opinion on this proposal; it stays as it is."),
    "proposal_needed": _l("Please choose the proposal that is agreed with."),
    "no_voice": _l("This person gives no opinion in this meeting."),
    "opinion_is_reserved": _l("A reserved opinion stays for ever; nobody withholds or changes it."),
    # archive
    "archive_not_sealed": _l("The package is still being made. Try again in a moment."),
    "meeting_not_over": _l("The meeting can be replayed once it is closed."),
    "too_busy": _l("Other packages are being checked. Try again in a moment."),
    "retention_not_over": _l("The retention period of this dossier is not over."),
    "destruction_not_asked": _l("Nobody has asked for this dossier to be destroyed."),
    "not_archived": _l("The meeting has not been archived."),
    "no_such_fact": _l("There is no entry of this number."),
    "redaction_not_asked": _l("An administrator has to ask for this entry to be withheld first."),
    "second_person_needed": _l("This needs a second person: who asks cannot confirm."),
    "fact_needed": _l("Without this entry the meeting could not be read. It cannot be withheld."),
    # tasks
    "task_over": _l("This task is done or has been taken back."),
    "already_received": _l("Receipt has been confirmed already."),
    "already_reported": _l("This has been reported as done already."),
    "not_reported": _l("This has not been reported as done yet."),
    "already_asked": _l("More time has been asked for already."),
    "not_asked": _l("Nobody has asked for more time."),
    "no_deadline": _l("This task has no deadline."),
    "too_late_to_ask": _l("More time had to be asked for earlier; the office has set by when."),
    "not_later": _l("Choose a day after the present deadline."),
    "not_of_this_unit": _l("This person does not belong to the unit."),
    "no_such_unit": _l("There is no such unit, or it is no longer in use."),
    # fields
    "empty": _l("Please fill this in."),
    "too_long": _l("This text is too long."),
    "too_many_calls": _l("There are calls waiting already. Please wait until somebody comes."),
    "too_many_documents": _l("Your last documents are still being made. Please try again in a moment."),
    "document_failed": _l(
        "The document could not be made. Please try again; if it happens again, tell the administrator."
    ),
    "too_many_uploads": _l("Many files have been sent in a short time. The next one is taken in a moment."),
    "too_many": _l("There are too many of these."),
    "not_a_number": _l("This number is out of range."),
    "not_a_choice": _l("Please choose one of the given values."),
    # screens
    "no_such_code": _l("No screen shows this code. Please check the six digits on the screen."),
}


class Messages(UserDict):
    """All areas share the codes: other words for one of them would be read everywhere. A second meaning needs a code
    of its own."""

    def __setitem__(self, code: str, words) -> None:
        if self.get(code, words) != words:
            raise ValueError(f"{code} has other words already: {self[code]}")
        super().__setitem__(code, words)


messages = Messages(COMMON)


def message(code: str) -> str:
    """The sentence for a code, in the language of the request."""
    return str(messages.get(code, messages["internal"]))
