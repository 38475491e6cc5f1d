/** <own-place>: while I read on my own, a bar that says so: where I am, where the chair is, and the way back. */

import { hasPage } from "../../meeting/on-stage.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { pairedPage, versionOf } from "../../pages/versions.js"
import { openPaper } from "./paper-viewer.js"
import { FollowingPart } from "../core/following-part.js"
import { compareVersions } from "./version-compare.js"

export class OwnPlace extends FollowingPart {
  watches = ["stage", "papers", "meeting"]
  emptyAtFirst = true

  /** What is read here: {paper, title}. @type {any} */
  #last

  draw(view) {
    const place = this.following?.place
    this.#tellGone(place, view.papers ?? {})
    this.hidden = !place
    if (!place) return nothing
    const chair = chairs(view)
    return html`
      <p role="status">${icon("book-open")}<span>${words(place, chair, view.papers)}</span></p>
      <button type="button" class="button compact" data-read aria-label=${t("Open the reader")} title=${t("Open the reader")} @click=${() => this.#read(view.papers[place.paper])}>
        ${icon("book-open-check")}<span>${t("Open the reader")}</span></button>
      ${this.#newer(place, view.papers?.[place.paper])}
      <button type="button" class="button compact" @click=${() => this.following.follow()}>
        ${icon("undo-2")}<span>${chair ? t("To the chair's page") : t("To the common screen")}</span></button>`
  }

  /** Who is back at the common screen because what they read was taken away reads so. */
  #tellGone(place, papers) {
    const there = place && papers[place.paper]
    if (there) this.#last = { paper: place.paper, title: there.title }
    if (place || !this.#last) return
    const { paper, title } = this.#last
    this.#last = undefined
    if (papers[paper] && !papers[paper].limited) return
    toast(t("“{title}” was taken out of the meeting, or may no longer be read here.", { title }), {
      kind: "info",
      seconds: 12,
    })
  }

  /** The whole screen for reading. It ends when the chair calls everybody back, or the paper is gone. */
  async #read(paper) {
    const { paper: id, page } = this.following.place
    const stop = new AbortController()
    const look = () => this.following.place?.paper === id || stop.abort()
    this.following.addEventListener("change", look, { signal: stop.signal })
    const moved = (n) => this.following.place?.page === n || this.following.browse(id, n)
    await openPaper({ ...paper, id, inRoom: true }, page, { moved, signal: stop.signal })
    stop.abort()
  }

  /** There is a newer version than the one that is read: nobody is moved, everybody is told. */
  #newer(place, paper) {
    const newest = paper?.version || 1
    if (!paper || !place.version || place.version >= newest) return nothing
    const pair = pairedPage(paper, place.version, newest, place.page)
    const about = !pair
      ? t("this page is not in it")
      : pair.kind === "same"
        ? t("this page is the same in it")
        : t("the page you are reading has changed")
    const look = () => compareVersions(paper, versionOf(paper, place.version).document, paper.document, pair?.page)
    return html`<p class="newer" role="status"><span>${t("There is version {n}: {about}", { n: newest, about })}</span></p>
      <button type="button" class="button compact see-changes" @click=${look}>${t("See the changes")}</button>
      <button type="button" class="button compact to-newest" @click=${() => this.following.browse(place.paper, pair?.page ?? 1, newest)}>${t("To version {n}", { n: newest })}</button>`
  }
}

/** The page that the chair shows to everybody: {paper, page}, or nothing while none is shown. */
const chairs = ({ meeting, stage }) =>
  meeting.status === "live" && hasPage(stage) && !stage.covered ? stage : undefined

function words({ paper, page }, chair, papers) {
  if (!chair) return t("You are reading page {page} on your own", { page })
  if (chair.paper !== paper) {
    return t("You are reading page {page} on your own; the chair is at “{title}”, page {other}", {
      page,
      title: papers[chair.paper]?.title ?? "…",
      other: chair.page,
    })
  }
  if (chair.page === page) return t("You are reading page {page} on your own; the chair is there as well", { page })
  return t("You are reading page {page}; the chair is at page {other}", { page, other: chair.page })
}

customElements.define("own-place", OwnPlace)
