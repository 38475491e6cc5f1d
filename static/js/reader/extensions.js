/**
 * What comes into every reader besides the pages: private marks, ink, bookmarks. Each is a function of the reader, called
 * when one has opened; what it adds goes with the reader.
 *
 *     extendReaders((reader) => {
 *       reader.addLayer({ name: "marks", order: 20, mount(page) { … return { resize() {}, close() {} } } })
 *       reader.addButton({ name: "bookmark", sign: "star", word: () => t("Bookmark"), key: "b", act() { … } })
 *       reader.addSelectionAct({ name: "highlight", sign: "highlighter", word: () => t("Highlight"), act(run) { … } })
 *     })
 *
 * See docs/reading.md, "What others may add to the reader".
 */

const extensions = new Set()

/** @param {(reader: any) => void} extension called for each reader that opens, also for those that are open */
export function extendReaders(extension) {
  extensions.add(extension)
  for (const reader of open) extension(reader)
}

const open = new Set()

/** @param {any} reader */
export function opened(reader) {
  open.add(reader)
  for (const extension of extensions) extension(reader)
}

/** @param {any} reader */
export const closed = (reader) => open.delete(reader)
