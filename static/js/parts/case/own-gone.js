/** What stands in place of what one looks at alone when it is not there any more, by its name. */

import { nameOfMedia } from "../../case/media-places.js"
import { html } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { nameOfPage } from "./case-page.js"

/** `map` is the one that has come, with its nodes. @param {any} own @param {any} [map] */
export function nameOfOwn({ media, page, map: at }, map) {
  if (media) return media.title || nameOfMedia(media)
  return page ? nameOfPage(page) : (map?.nodes?.[at.node]?.text ?? "")
}

/** @param {any[]} gone as OwnThere has it */
export function goneWords(gone, map) {
  const ofMap = Boolean(gone[0].map)
  const words = ofMap ? wordsOfMap(map?.title) : wordsOf(gone)
  return html`<p class="state" role="status">${icon(ofMap ? "network" : "file-question-mark")}${words}</p>`
}

function wordsOf(gone) {
  const title = gone.map((part) => nameOfOwn(part.media ? { media: part } : { page: part })).join(", ")
  return t("{title} is no longer in the case, or may not be seen here.", { title })
}

const wordsOfMap = (title) =>
  title
    ? t("The mind map “{title}” was removed, or may no longer be seen here.", { title })
    : t("This mind map was removed, or may no longer be seen here.")
