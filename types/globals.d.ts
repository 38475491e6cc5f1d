// What the browser's own types do not know of this house.

interface Window {
  /** The page's words in the reader's language, by their English. */
  words?: Record<string, string>
}

// Everything that is looked for by a selector is an element of HTML: the sprite's icons are drawn, never searched.
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null
  querySelector<E extends Element = HTMLElement>(selectors: string): E | null
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>
}
interface Element {
  closest<K extends keyof HTMLElementTagNameMap>(selector: K): HTMLElementTagNameMap[K] | null
  closest<E extends Element = HTMLElement>(selectors: string): E | null
}

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

// Chromium's own, asked for with a question mark.
interface Navigator {
  connection?: { saveData?: boolean; type?: string; effectiveType?: string }
}

/** The first page's picture, decoded while the scripts were on their way (js/before.js). */
declare var firstPicture: { url: string; bitmap: Promise<ImageBitmap | undefined> } | undefined
