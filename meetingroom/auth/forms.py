"""Reading the forms of this area: what was typed → values and error codes by field. Pure."""

from meetingroom.auth import passwords
from meetingroom.auth.account_store import ROLES
from meetingroom.meeting import names

LENGTHS = {"name": 100, "title": 150, "username": 40, "email": 150, "phone": 40, "unit_name": 200, "short": 40,
           "code": 40}  # fmt: skip


def read_first(form) -> tuple[dict, dict]:
    """The form of the first visit. An empty user name is made from the name; who sees the password types it once."""
    values = {key: names.tidy(form.get(key, "")) for key in ("code", "agency", "name", "title")}
    values["username"] = names.tidy(form.get("username", "")).lower()
    values["password"] = form.get("password", "")
    errors = {key: "missing" for key in ("code", "agency", "name") if not values[key]}
    errors |= too_long(values, name="name", title="title", agency="unit_name")
    if not values["username"]:
        values["username"] = names.username_of(values["name"])
    elif not names.is_username(values["username"]):
        errors["username"] = "username_bad"
    wrong = new_password(form, values["username"], values["name"], values["agency"], twice=False)
    if "again" in wrong:  # from a page that asks for it twice; ours has no place to say so
        wrong["password"] = wrong.pop("again")
    return values, errors | wrong


def new_password(form, username: str, *known: str, twice: bool = True) -> dict[str, str]:
    """Errors of the fields `password` and `again`; the second may be missing from the form unless asked for `twice`."""
    password = form.get("password", "")
    if weak := passwords.find_weakness(password, username, *known):
        return {"password": weak}
    return {} if password == form.get("again", "" if twice else password) else {"again": "passwords_differ"}


def read_person(form, *, units: set[str], taken: set[str]) -> tuple[dict, dict]:
    """A person as an administrator typed them. An empty user name is made from the name."""
    values: dict = {key: names.tidy(form.get(key, "")) for key in ("name", "title", "email", "phone")}
    values["username"] = names.tidy(form.get("username", "")).lower()
    values["unit"] = form.get("unit", "") or None
    values["role"] = form.get("role", "") or "member"
    errors = too_long(values, name="name", title="title", email="email", phone="phone")
    if not values["name"]:
        errors["name"] = "missing"
    elif not values["username"]:
        values["username"] = names.username_of(values["name"], taken)
    errors |= check_account(values, units, taken)
    return values, errors


def read_unit(form, others: list[dict]) -> tuple[dict, dict]:
    """A unit as typed; `others` are the units whose names it may not have."""
    values: dict = {"name": names.tidy(form.get("name", "")), "short": names.tidy(form.get("short", ""))}
    errors = too_long(values, name="unit_name", short="short")
    values["parent"] = form.get("parent", "") or None
    if not values["name"]:
        errors["name"] = "missing"
    elif any(names.lowered(other["name"]) == names.lowered(values["name"]) and other["active"] for other in others):
        errors["name"] = "unit_taken"
    if values["parent"] and values["parent"] not in {other["id"] for other in others}:
        errors["parent"] = "unit_unknown"
    return values, errors


def check_account(values: dict, units: set[str], taken: set[str]) -> dict[str, str]:
    errors = {}
    if values["username"] in taken:
        errors["username"] = "username_taken"
    elif values["username"] and not names.is_username(values["username"]):
        errors["username"] = "username_bad"
    if values["unit"] and values["unit"] not in units:
        errors["unit"] = "unit_unknown"
    if values["role"] not in ROLES:
        errors["role"] = "role_bad"
    if values["email"] and not is_email(values["email"]):
        errors["email"] = "email_bad"
    return errors


def is_email(text: str) -> bool:
    """Something before one @, after it a name with a dot inside, no spaces. Linear in its length."""
    local, _, domain = text.partition("@")
    inner = domain.strip(".")
    return bool(local) and "." in inner and "@" not in domain and inner == domain and not any(map(str.isspace, text))


def too_long(values: dict, **fields: str) -> dict[str, str]:
    return {field: "too_long" for field, kind in fields.items() if len(values[field]) > LENGTHS[kind]}
