"""Sending mail: how the administrator has set it up, and one message over SMTP. Never called by the server's loop."""

import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from meetingroom.config import Settings
from meetingroom.tasks import store

PATIENCE = 20  # seconds
SECURITY = ("none", "starttls", "tls")


@dataclass(frozen=True)
class Mail:
    """`base`: the address under which people reach this server, for the link in a message."""

    on: bool = False
    host: str = ""
    port: int = 25
    security: str = "none"
    user: str = ""
    sender: str = ""
    base: str = ""


def read_mail(db) -> Mail:
    return Mail(**store.read_setting(db, "mail", {}))


def save_mail(db, mail: Mail) -> None:
    store.save_setting(db, "mail", vars(mail))


def secret_file(settings: Settings) -> Path:
    """The password lies beside the database, readable by the program's user only: no backup has it."""
    return settings.data / "smtp.secret"


def save_password(settings: Settings, password: str) -> None:
    path = secret_file(settings)
    if not password:
        path.unlink(missing_ok=True)
        return
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(password)
    aside.rename(path)


def read_password(settings: Settings) -> str:
    try:
        return secret_file(settings).read_text("utf-8")
    except FileNotFoundError:
        return ""


@dataclass(frozen=True)
class Entry:
    """For the reader's calendar: an iCalendar file, its method (RFC 5546), and the name by which the message that is
    sent twice is known to be one. `letter`: the official letter that comes along, a PDF."""

    file: bytes
    method: str
    name: str
    letter: bytes = b""


class Line:
    """A connection to the mail server, for as many messages as there are. Raises OSError, smtplib.SMTPException."""

    def __init__(self, mail: Mail, password: str):
        self.mail = mail
        context = ssl.create_default_context()
        if mail.security == "tls":
            self.smtp: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE, context=context)
        else:
            self.smtp = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
        try:
            if mail.security == "starttls":
                self.smtp.starttls(context=context)
            if mail.user:
                self.smtp.login(mail.user, password)
        except BaseException:
            self.smtp.close()
            raise

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.smtp.quit()
        except (OSError, smtplib.SMTPException):
            self.smtp.close()

    def send(self, to: str, subject: str, body: str, calendar: bytes = b"") -> None:
        self.smtp.send_message(compose(self.mail, to, subject, body, calendar), to_addrs=[to])

    def invite(self, to: str, subject: str, body: str, entry: Entry) -> None:
        self.smtp.send_message(compose_invitation(self.mail, to, subject, body, entry), to_addrs=[to])


def compose_invitation(mail: Mail, to: str, subject: str, body: str, entry: Entry) -> EmailMessage:
    """With the entry twice, as calendars look for it: as another form of the text, and as a file."""
    message = compose(mail, to, subject, body)
    del message["Message-ID"]
    message["Message-ID"] = f"<{entry.name}@{mail.sender.rpartition('@')[2]}>"
    params = {"method": entry.method, "charset": "utf-8"}
    message.add_alternative(entry.file, maintype="text", subtype="calendar", params=params)
    message.add_attachment(entry.file, maintype="application", subtype="ics", filename="giay-moi.ics")
    if entry.letter:
        message.add_attachment(entry.letter, maintype="application", subtype="pdf", filename="giay-moi.pdf")
    return message


def compose(mail: Mail, to: str, subject: str, body: str, calendar: bytes = b"") -> EmailMessage:
    """`calendar` comes along as a file. Raises ValueError for what is no address."""
    from email.headerregistry import Address  # the grammar of addresses: for a mail, not for the server's start

    message = EmailMessage()
    message["From"] = Address(addr_spec=mail.sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    if calendar:
        message.add_attachment(calendar, maintype="text", subtype="calendar", filename="nhiem-vu.ics")
    return message


def is_for_good(error: Exception) -> bool:
    """Whether trying again cannot help: the mailbox is refused, or is no address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, ValueError)


def words_of(error: Exception) -> str:
    """What the other side said, in a line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = error.recipients.items()
        return "; ".join(f"{to}: {code} {said.decode('utf-8', 'replace')}" for to, (code, said) in answers)
    return f"{type(error).__name__}: {error}"
