"""The codes of mind maps in words: why a file is not taken, what was not understood of one, why a change is refused."""

from flask_babel import lazy_gettext as _l

from meetingroom.cases import words
from meetingroom.web.messages import messages

TEMPLATES = {
    "criminal": _l("Criminal case"),
    "criminal-174": _l("Fraud (Article 174 of the Penal Code)"),
    "criminal-173": _l("Theft (Article 173 of the Penal Code)"),
    "criminal-134": _l("Intentional injury (Article 134 of the Penal Code)"),
    "criminal-249": _l("Illegal possession of narcotics (Article 249 of the Penal Code)"),
    "criminal-260": _l("Road traffic offences (Article 260 of the Penal Code)"),
    "civil": _l("Civil case"),
    "civil-land": _l("Dispute over land use rights"),
    "blank": _l("Empty map"),
}
messages.update(
    {
        "map_unreadable": _l("This file cannot be read as a mind map. Please save it again and send it once more."),
        "map_type": _l("Please choose a file of one of these kinds: .xmind, .mm, .opml, .md, .txt, .xlsx."),
        "map_imx": _l("Files of iMindMap cannot be read. Please save it there as .mm or .xmind."),
        "map_empty": _l("There is no topic in this file."),
        "map_too_large": _l("The file is too large: at most %(most)s MB."),
        "map_members": _l("The file holds more than %(most)s files."),
        "map_unfolded": _l("Unpacked, the file is larger than %(most)s MB."),
        "map_too_deep": _l("The map is too deep: at most %(most)s levels."),
        "map_topics": _l("The map has too many topics: at most %(most)s."),
        "map_names": _l("The file holds names that lead out of it. It is not opened."),
        "map_entities": _l("The file declares entities or a document type. It is not opened."),
        "map_encrypted": _l("The file has a password. Please remove the password in XMind, then try again."),
        "map_no_template": _l("Please choose one of the templates."),
        "node_gone": _l("This node is not in the map any more."),
        "no_such_link": _l("This link is not in the map any more."),
        "no_such_op": _l("This step cannot be taken back."),
        "root_stays": _l("The centre of the map stays, and everybody sees it."),
        "cycle": _l("A branch cannot hang below itself."),
        "parent_removed": _l("This branch has been removed meanwhile. Your text is kept in your tray."),
        "changed": _l("Somebody else has changed this meanwhile. Please choose which text holds."),
        "moved_on": _l("Somebody has changed this since. It cannot be taken back any more."),
        "taken": _l("There is such a node already."),
        "map_full": _l("The map is full."),
        "too_deep": _l("The map is too deep: at most %(most)s levels."),
        "map_picture": _l("Please choose a PNG or JPEG picture of at most 30 MB."),
        "nothing_published": _l("Nothing of this map has been published yet."),
    }
)

REMARKS = {
    "revisions_dropped": _l("%(text)s older states in the file were not opened and are not kept."),
    "title_cut": _l("The text of a topic was too long and was cut: %(text)s"),
    "note_cut": _l("The note of a topic was too long and was cut: %(text)s"),
    "unsafe_link": _l("A link that would run a program was taken out: %(text)s"),
    "local_file": _l("A link to a file on another machine, which is dead here; no document has its name: %(text)s"),
    "file_found": _l("A link to a file on another machine now leads to the document of that name: %(text)s"),
    "other_link": _l("An address that is kept for other programs and does not open here: %(text)s"),
    "kept_aside": _l("Kept for XMind and not drawn here: %(text)s"),
    "field_lost": _l("A field could not be read: %(text)s"),
    "relation_lost": _l("A link whose ends are not in the map was left out: %(text)s"),
    "jump_lost": _l("A link leads to another sheet of the file: %(text)s"),
    "resource_missing": _l("A file that is named is not in it: %(text)s"),
    "resource_too_large": _l("A file inside is too large and is not kept: %(text)s"),
    "svg_attached": _l("A drawing is kept as an attachment and not shown: %(text)s"),
    "picture_outside": _l("A picture outside the file was not fetched."),
    "date_unread": _l("A date could not be read: %(text)s"),
    "amount_unread": _l("An amount could not be read: %(text)s"),
}

KINDS = {
    "root": _l("Case"),
    "proc": _l("Procedural step"),
    "time": _l("Course of events"),
    "person": _l("Participant in the case"),
    "act": _l("Act"),
    "elem": _l("Element of the offence"),
    "inc": _l("Evidence against"),
    "exc": _l("Evidence for"),
    "conf": _l("Contradiction"),
    "gap": _l("Gap"),
    "exh": _l("Exhibit, seizure"),
    "civil": _l("Civil part"),
    "circ": _l("Circumstance"),
    "prop": _l("Proposal"),
}
LINKS = {"refutes": _l("refutes"), "supports": _l("supports"), "contradicts": _l("contradicts")}

AUDIENCES = {"owner": _l("the prosecutor"), "leaders": _l("the leaders"), "room": _l("the room")}
words.IN_WORDS["audience"] = AUDIENCES

words.LINES.update(
    {
        "map_made": _l("%(by)s made the mind map “%(title)s”"),
        "map_imported": _l("%(by)s imported the mind map “%(title)s” from %(file)s"),
        "map_published": _l("%(by)s published version %(version)s of the mind map “%(title)s”"),
        "map_exported": _l("%(by)s took the mind map “%(title)s” out as %(kind)s, as %(audience)s see it"),
        "map_named": _l("%(by)s gave a mind map the title “%(title)s”"),
        "map_removed": _l("%(by)s removed the mind map “%(title)s”"),
        "map_restored": _l("%(by)s brought back the mind map “%(title)s”"),
    }
)
