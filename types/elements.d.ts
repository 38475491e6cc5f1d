// The parts of the screens, found by their names.

interface HTMLElementTagNameMap {
  "note-box": import("./js/parts/minutes/note-box.js").NoteBox
  "page-view": import("./js/parts/page/page-view.js").PageView
  "pairing-code": import("./js/parts/devices/pairing-code.js").PairingCode
  "prepare-presenters": import("./js/parts/prepare/prepare-presenters.js").PreparePresenters
  "roll-board": import("./js/parts/roll/roll-board.js").RollBoard
  "room-tabs": import("./js/parts/room/room-tabs.js").RoomTabs
  "side-drawer": import("./js/parts/core/side-drawer.js").SideDrawer
  "template-desk": import("./js/parts/minutes/template-desk.js").TemplateDesk
  "wall-ballot": import("./js/parts/wall/wall-ballot.js").WallBallot
}
