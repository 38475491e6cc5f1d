/** What a key does in the reader, or nothing. */

const STEP = 1.25

/**
 * @param {any} reader
 * @param {string} key
 * @param {(by: number, part?: number) => void} along down or up by a part of the window
 * @param {(by: number) => void} letters larger or smaller, in large print
 * @returns {(() => unknown) | undefined}
 */
export function acting(reader, key, along, letters) {
  const { paged } = reader.sheets
  const size = (by) => () => (reader.largePrint ? letters(by) : reader.zoomBy(by > 0 ? STEP : 1 / STEP))
  const goto = () => reader.open("goto")
  return {
    ArrowRight: () => reader.turn(1),
    ArrowLeft: () => reader.turn(-1),
    ArrowDown: () => along(1),
    ArrowUp: () => along(-1),
    PageDown: () => (paged ? reader.turn(1) : along(1, 0.9)),
    PageUp: () => (paged ? reader.turn(-1) : along(-1, 0.9)),
    Home: () => reader.go(1),
    End: () => reader.go(reader.paper.pages),
    g: goto,
    G: goto,
    "+": size(1),
    "=": size(1),
    "-": size(-1),
    0: () => reader.setLook({}),
  }[key]
}
