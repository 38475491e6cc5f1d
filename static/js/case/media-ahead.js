/** Recordings and stills that lie ready before they are shown (pages-ahead.js): stage-media.js goes on with the same ones. */

import { openedUrl, posterUrl, viewUrl } from "./media-places.js"
import { tellOpened } from "./page-pictures.js"

/** @type {Map<string, HTMLMediaElement | HTMLImageElement>} */
const ready = new Map()

/**
 * Has the head of a recording ready on a screen that plays it, else its still; ends when it is there, or cannot be had.
 * @param {{ case: string, media: string, kind: string }} place @param {boolean} plays
 */
export function makeMediaReady(place, plays) {
  const url = urlOf(place, plays)
  if (!url || ready.has(url)) return undefined
  const made = plays ? playerOf(place) : new Image()
  ready.set(url, made)
  return new Promise((done) => {
    for (const came of ["loadeddata", "load", "abort"]) made.addEventListener(came, done, { once: true })
    made.addEventListener("error", () => done(ready.get(url) === made && ready.delete(url)), { once: true })
    made.src = `${url}?ahead=1`
  })
}

/** Its head and no more: the browser fetches the rest when it is shown. */
function playerOf({ kind }) {
  const player = document.createElement(kind === "audio" ? "audio" : "video")
  return Object.assign(player, { preload: "metadata", muted: true })
}

const urlOf = (place, plays) => (plays ? viewUrl(place) : place.kind === "video" ? posterUrl(place) : "")

/** Lets go of all that lies ready but these. @param {any[]} places @param {boolean} plays */
export function keepMediaReady(places, plays) {
  const wanted = new Set(places.map((place) => urlOf(place, plays)))
  for (const [url, made] of ready) {
    if (wanted.has(url)) continue
    ready.delete(url)
    made.removeAttribute("src")
    if (made instanceof HTMLMediaElement) made.load()
  }
}

/** What plays a recording: what lay ready, or a new one. @param {any} media @returns {HTMLMediaElement} */
export function takePlayer(media) {
  const player = /** @type {HTMLMediaElement | undefined} */ (taken(viewUrl(media)))
  if (player) tellOpened(openedUrl(media))
  return player ?? Object.assign(playerOf(media), { src: viewUrl(media) })
}

/** Its still that lay ready, and has come. @param {any} media */
export function takeStill(media) {
  const still = /** @type {HTMLImageElement | undefined} */ (taken(posterUrl(media)))
  return still?.complete && still.naturalWidth ? still : undefined
}

function taken(url) {
  const made = ready.get(url)
  ready.delete(url)
  return made
}
