"""What goes into a package, read from the case in one moment: its maps as they were consented to, pages, files."""

from dataclasses import dataclass, field
from pathlib import Path

from meetingroom.cases import room_maps, store, store_maps, store_numbers
from meetingroom.cases.media import store as media_store
from meetingroom.cases.media.formats import PHOTO
from meetingroom.cases.media.place import MediaPlace
from meetingroom.cases.packages import contents
from meetingroom.cases.packages.contents import Named, Package, Place
from meetingroom.cases.scripts import store as scripts
from meetingroom.config import Settings
from meetingroom.documents.content_store import ContentStore

SIZES = (1920, 2880, 480)  # of a page's picture, the best one first


class NotReady(Exception):
    """Something that belongs to the package is not there (yet); the argument is the code of what."""


@dataclass
class Gathered:
    """The package, and where each of its files lies: on the disk, or as bytes."""

    package: Package
    files: dict[str, Path | bytes] = field(default_factory=dict)
    script: int = 0  # its revision


def published(db, row: dict) -> list[dict]:
    """The versions that were consented to, as their audience sees them. Raises NotReady("map_gone")."""
    found = []
    for each in row["maps"]:
        map = room_maps.read_map(db, row["of"], each["id"], each["version"], row["audience"])
        if map is None:
            raise NotReady("map_gone")
        found.append(map)
    return found


def media_of(db, settings: Settings, case: str) -> tuple[dict[str, dict], dict[str, Path]]:
    """({id: what a package says of a photo or a recording, with its `file`}, {path in the package: where it lies}) of
    those that can be shown."""
    about: dict[str, dict] = {}
    files: dict[str, Path] = {}
    for n, row in enumerate(media_store.list_media(db, case), 1):
        known = media_store.about_for_meeting(db, case, row["id"]) or {}
        if known.get("state") != media_store.READY:
            continue
        place = MediaPlace(settings, row["sha"])
        view, poster = place.view(row["kind"]), place.poster(row["kind"])
        if row["kind"] == PHOTO:
            drawn = (place.contents.page(1, size) for size in SIZES)
            view = next((path for path in drawn if path.exists()), view)
        about[row["id"]] = {**known, "file": f"media/m{n:02}{view.suffix}"}
        files[about[row["id"]]["file"]] = view
        if row["kind"] != PHOTO and poster.exists():
            about[row["id"]]["poster"] = f"media/m{n:02}.webp"
            files[about[row["id"]]["poster"]] = poster
    return about, files


def check_media(db, case: str, maps: list[dict]) -> None:
    """Of what a package names, a recording that is still made playable is missed in court; one that never will be is
    left out. Raises NotReady("media_waiting")."""
    coming = {
        row["id"]
        for row in media_store.list_media(db, case)
        if row["state"] in (media_store.WAITING, media_store.WORKING)
    }
    if coming & scripts.media_of(db, case).union(*map(room_maps.media_in, maps)):
        raise NotReady("media_waiting")


def gather(settings: Settings, db, row: dict) -> Gathered:
    """Raises NotReady: map_gone | media_waiting | pages_missing | empty."""
    case = row["of"]
    maps, steps, script = published(db, row), scripts.steps(db, case), scripts.find(db, case)
    check_media(db, case, maps)
    documents = {each["document"]: each for each in store.list_documents(db, case)}
    wanted = {place for map in maps for place in room_maps.places_of(map)}
    wanted |= set(contents.places_of_steps(steps, {}))
    checked = {volume["no"] for volume in store.list_volumes(db, case) if volume["checked_at"]}
    default = (store_numbers.find_current(db, case) or {"name": ""})["name"]
    named = {
        place: name_of(db, documents[place[0]], place, checked, default)
        for place in wanted
        if is_there(documents, place)
    }
    media, media_files = media_of(db, settings, case)
    package = contents.put_together(
        maps, steps, named, documents, media, whole=row["contents"] == "map", notes=row["audience"] == "owner"
    )
    if not package.data["maps"] and not package.data["script"]:
        raise NotReady("empty")
    found = Gathered(package, script=script["rev"] if script else 0)
    for path, place in package.pages.items():
        found.files[path] = picture_of(settings, documents[place[0]]["sha"], place[1])
    for path, (map_id, sha) in package.pictures.items():
        file = store_maps.read_file(db, map_id, sha)
        if file:
            found.files[path] = file["data"]
    found.files |= {path: media_files[path] for path in package.media}
    if not all(media_files[path].exists() for path in package.media):
        raise NotReady("pages_missing")
    return found


def is_there(documents: dict[str, dict], place: Place) -> bool:
    row = documents.get(place[0])
    return row is not None and 1 <= place[1] <= (row["pages"] or 0)


def name_of(db, document: dict, place: Place, checked: set[int], default: str) -> Named:
    said = store_numbers.labels_of_page(db, *place)
    also = [(each["numbering"], each["label"]) for each in said["others"]]
    if said["label"] and default:
        also.insert(0, (default, said["label"]))
    return Named(
        said["label"], str(said["volume"] or ""), document["title"], (document["volume_no"] or 0) in checked,
        document["pages"] or 0, tuple(also),
    )  # fmt: skip


def picture_of(settings: Settings, sha: str, page: int) -> Path:
    """Raises NotReady("pages_missing")."""
    store_of_pages = ContentStore(settings, sha)
    for size in SIZES:
        path = store_of_pages.page(page, size)
        if path.exists():
            return path
    raise NotReady("pages_missing")
