// What the browser's own types do not know of this program.

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

// Chromium's own, asked for with a question mark.
interface Navigator {
  connection?: { saveData?: boolean; type?: string; effectiveType?: string }
}

/** The first page's picture, decoded while the scripts were on their way (js/before.js). */
declare var firstPicture: { url: string; bitmap: Promise<ImageBitmap | undefined> } | undefined
/** The mind map on the stage, on its way while the scripts are (js/before.js). */
declare var firstMap: { url: string; body: Promise<any> } | undefined
