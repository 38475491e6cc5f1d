/** A photo or a recording, looked at alone in a dialog; whoever edits the case marks parts, changes them, keeps stills. */

import { api } from "../../lib/api.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { durationOf, exactOf, rateOf, secondsOf } from "../../case/media-time.js"

const STEP = 5 // seconds, of the two keys beside "play"
const RATES = [0.5, 1, 1.5, 2]

/**
 * `clip`: the part that is looked at; `changed` is called when a part was added or changed, or a still was kept.
 * @param {{ one: any, clip?: any, path: string, edit: boolean, changed: () => void }} what
 */
export function lookAt({ one, clip, path, edit, changed }) {
  const view = `/cases/${path.split("/")[3]}/media/${one.id}/view`
  return show((close) => (one.kind === "photo" ? photo(one, view, close) : recording(close)), {
    wide: true,
    label: one.title,
  })

  function recording(close) {
    const cuts = edit ? cutting({ one, clip, path, changed, close }) : nothing
    return html`<div class="dialog-body media-look ${edit ? "with-cut" : ""}" data-kind=${one.kind}>
      <h2>${one.title}</h2>
      ${one.label ? html`<p class="media-badges"><span class="badge">${icon("info")}${one.label}</span></p>` : nothing}
      ${one.kind === "video" ? html`<video controls playsinline preload="metadata" src=${view} aria-label=${one.title} @loadedmetadata=${begin} @timeupdate=${end} @error=${broken}></video>` : html`<audio controls preload="metadata" src=${view} aria-label=${one.title} @loadedmetadata=${begin} @timeupdate=${end} @error=${broken}></audio>`}
      <span class="error" hidden>${icon("circle-alert")}<span>${t("It cannot be played here at the moment. Please close it and open it again.")}</span></span>
      <div class="media-keys" role="group" aria-label=${t("Playing")}>
        <button type="button" class="button compact" @click=${(event) => skip(event, -STEP)}>${icon("chevrons-left")}${t("{n} s back", { n: STEP })}</button>
        <button type="button" class="button compact" @click=${(event) => skip(event, STEP)}>${icon("chevrons-right")}${t("{n} s on", { n: STEP })}</button>
        <label class="media-rate"><span>${t("Speed")}</span><select class="input" @change=${rate}>${RATES.map((each) => html`<option value=${each} ?selected=${each === 1}>${rateOf(each)}</option>`)}</select></label>
      </div>
      ${clip ? html`<p class="help">${t("Part “{title}”: {from} to {to}", { title: clip.title, from: durationOf(clip.from), to: durationOf(clip.to) })}</p>` : nothing}
      ${one.caption ? html`<p class="media-caption">${one.caption}</p>` : nothing}
      ${cuts}
    </div>${done(close)}`
  }

  function begin({ target }) {
    if (clip) target.currentTime = clip.from
  }

  /** A part ends by itself, once; whoever goes on hears the rest. */
  function end({ target }) {
    if (!clip || target.currentTime < clip.to || target.currentTime > clip.to + 1 || target.dataset.ended) return
    target.dataset.ended = "1"
    target.pause()
  }
}

const player = (element) => element.closest(".media-look").querySelector("video, audio")

function skip({ target }, by) {
  const media = player(target)
  media.currentTime = Math.max(0, Math.min(media.duration || 0, media.currentTime + by))
}

function rate({ target }) {
  player(target).playbackRate = Number(target.value)
}

function broken({ target }) {
  target.closest(".media-look").querySelector(".error").hidden = false
}

const done = (close) =>
  html`<div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`

const photo = (one, view, close) => html`<div class="dialog-body media-look">
    <h2>${one.title}</h2>
    <img src=${view} alt=${one.caption || one.title}>
    ${one.bl ? html`<p class="media-badges"><span class="badge" translate="no">BL ${one.bl}</span></p>` : nothing}
    ${one.caption ? html`<p class="media-caption">${one.caption}</p>` : nothing}
  </div>${done(close)}`

/** The form of a new part, or of the one that is looked at; and the picture of this moment. */
function cutting(what) {
  const { one, clip, path, changed } = what
  const field = (name, label, value, set) => html`<label class="media-at"><span>${label}</span>
    <span class="media-set"><input class="input" name=${name} inputmode="decimal" autocomplete="off" .value=${value}>
    <button type="button" class="button compact" @click=${(event) => mark(event, name)}>${icon("clock")}${set}</button></span></label>`
  return html`<form class="media-cut" novalidate @submit=${(event) => savePart(event, what)}>
      <h3>${clip ? t("Change the part") : t("Mark a part")}</h3>
      ${field("from", t("From"), exactOf(clip?.from ?? 0), t("This moment"))}${field("to", t("To"), exactOf(clip?.to ?? one.seconds), t("This moment"))}
      <label class="media-title"><span>${t("Title")}</span><input class="input" name="title" maxlength="200" autocomplete="off" .value=${clip?.title ?? ""}></label>
      <button class="button primary" type="submit">${icon(clip ? "check" : "scissors")}${clip ? t("Save") : t("Mark the part")}</button>
      <span class="error" data-wrong role="alert" hidden></span>
    </form>
    ${one.kind === "video" ? html`<p class="buttons"><button type="button" class="button" @click=${(event) => keepStill(event, one, path, changed)}>${icon("image")}${t("Keep a still of this moment")}</button></p>` : nothing}`
}

function mark({ target }, name) {
  target.closest("form").elements[name].value = exactOf(player(target).currentTime)
}

async function savePart(event, { one, clip, path, changed, close }) {
  event.preventDefault()
  const form = event.target
  const wrong = form.querySelector("[data-wrong]")
  wrong.hidden = true
  try {
    const said = typedIn(form, one, clip)
    if (clip) await api("PATCH", `${path}/${one.id}/clips/${clip.id}`, said)
    else await api("POST", `${path}/${one.id}/clips`, said)
    toast(clip ? t("The part is changed.") : t("The part is marked."))
    if (clip) close()
    else goOn(form, said, one)
    changed()
  } catch (problem) {
    wrong.textContent = problem.message
    wrong.hidden = false
  }
}

/** {title, from, to}. The fields show tenths: what nobody has touched stays as exact as it was. */
function typedIn(form, one, clip) {
  const typed = (name) => form.elements[name].value
  const moment = (name, was) => (typed(name) === exactOf(was) ? was : secondsOf(typed(name)))
  const said = {
    title: typed("title"),
    from: moment("from", clip?.from ?? 0),
    to: moment("to", clip?.to ?? one.seconds),
  }
  if (!said.title.trim()) throw new Error(t("Please give the part a title."))
  if (Number.isNaN(said.from) || Number.isNaN(said.to)) throw new Error(t("Please write times as 1:30 or 90."))
  return said
}

/** The next part begins where this one ends. */
function goOn({ elements }, said, one) {
  elements.from.value = exactOf(said.to)
  elements.to.value = exactOf(one.seconds)
  elements.title.value = ""
}

async function keepStill({ target }, one, path, changed) {
  const media = player(target)
  media.pause()
  try {
    await api("POST", `${path}/${one.id}/stills`, { at: Math.min(media.currentTime, one.seconds) })
    toast(t("The still is kept as a photo of the case."))
    changed()
  } catch (problem) {
    toast(problem.message, { kind: "bad" })
  }
}
