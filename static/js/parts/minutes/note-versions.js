/** The versions of a text: who wrote them and when, what differs, and back to one of them. */

/** @import { NoteBox } from "./note-box.js" */

import { ask, unanswered } from "../../lib/ask.js"
import { confirm, prompt, show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isList, shaped } from "../../lib/proof.js"
import { RichText } from "../../lib/rich-view.js"
import { mark, t, tn } from "../../lib/t.js"
import { date, second } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { conducts } from "../../meeting/rights.js"
import { markedWords } from "./marked-words.js"

const KINDS = {
  auto: mark("saved while writing"),
  checkpoint: mark("recorded in the log"),
  restore: mark("taken back"),
  branch: mark("set aside"),
}

/** @param {NoteBox} box */
export async function showVersions(box) {
  await box.keeper?.save()
  const place = document.createElement("div")
  const sheet = new RichText()
  let list
  let chosen
  let other // what it is compared with: the number of a version, "before", or "" for the text alone
  let every = false
  let shown
  let problem = ""
  let close
  const url = (rest) => box.desk.url(box.item, rest)

  const draw = () => render(picture(), place)
  const before = (one) => list[list.indexOf(one) + 1]
  const choose = async (one, with_ = other) => {
    chosen = one
    other = with_
    shown = undefined
    problem = ""
    draw()
    const a = other === "before" ? before(one)?.rev : Number(other)
    const answer = await ask(url(a ? `/diff?a=${a}&b=${one.rev}` : `/revisions/${one.rev}`))
    if (chosen !== one || other !== with_) return
    if (!answer.ok) problem = words(answer)
    else shown = answer.body
    draw()
  }
  const row = (one) => {
    const last = before(one)
    const grown = last && last.kind !== "branch" ? one.words - last.words : 0
    return html`<li><button type="button" class="wide-row" aria-pressed=${one === chosen} @click=${() => choose(one)}>
      <span class="grow"><b>${second(one.at)}, ${date(one.at)}</b><span class="help block">${one.name} · ${t(KINDS[one.kind] ?? one.kind)}${grown ? html` · ${grown > 0 ? tn("{n} word more", "{n} words more", grown) : tn("{n} word less", "{n} words less", -grown)}` : nothing}</span></span></button></li>`
  }
  const picture = () => {
    const rows = list && !every ? list.filter((one, n) => n === 0 || !sameMinute(list[n - 1], one)) : (list ?? [])
    return html`
    <div class="dialog-body">
      <h2>${t("Earlier versions")}</h2>
      ${problem ? html`<p class="notice bad" role="alert">${problem}</p>` : nothing}
      ${list && !list.length ? html`<p>${t("Nothing written yet")}</p>` : nothing}
      ${
        list?.length
          ? html`<div class="versions-view">
        <div><ul class="versions-list">${rows.map(row)}</ul>
          ${
            every || rows.length < list.length
              ? html`<label class="check"><input type="checkbox" .checked=${every} @change=${({ target }) => {
                  every = target.checked
                  draw()
                }}><span>${t("Every time it was saved ({n})", { n: list.length })}</span></label>`
              : nothing
          }</div>
        <div>
          <label class="field"><span>${t("Compared with")}</span><select class="input" @change=${({ target }) => choose(chosen, target.value)}>
            <option value="before" .selected=${other === "before"}>${t("The version before it")}</option>
            <option value="" .selected=${other === ""}>${t("Nothing: the text alone")}</option>
            ${rows.filter((one) => one !== chosen).map((one) => html`<option value=${one.rev} .selected=${other === String(one.rev)}>${second(one.at)}, ${date(one.at)} · ${one.name}</option>`)}
          </select></label>
          <div class="versions-text" tabindex="0" role="region" aria-live="polite" aria-label=${t("The text of this version")}>${
            shown?.blocks
              ? differenceOf(shown.blocks)
              : shown
                ? sheet.draw(shown.html, box.live)
                : html`<p class="quiet-text">${t("Loading…")}</p>`
          }</div>
        </div></div>`
          : nothing
      }
    </div>
    <div class="dialog-actions">
      ${chosen && ["auto", "branch", "restore"].includes(chosen.kind) && chosen !== head(list) && conducts(box.meeting.me) ? html`<button type="button" class="button quiet" @click=${() => close({ forget: chosen })}>${icon("trash-2")}${t("Delete for good…")}</button>` : nothing}
      <button type="button" class="button" @click=${() => close()}>${t("Close")}</button>
      ${chosen?.kind === "branch" && box.writable ? html`<button type="button" class="button primary" @click=${() => close({ join: chosen })}>${t("Join it to the text")}</button>` : nothing}
      ${chosen && chosen !== head(list) && chosen.kind !== "branch" && box.writable ? html`<button type="button" class="button primary" @click=${() => close({ restore: chosen })}>${icon("rotate-ccw")}${t("Go back to this version")}</button>` : nothing}
    </div>`
  }

  draw()
  ask(url("/revisions"), { proof: isList }).then((answer) => {
    if (answer.ok) list = answer.body
    else problem = words(answer)
    draw()
    if (list?.length) choose(list[0], "before")
  })
  const wish = await show(
    (end) => {
      close = end
      return place
    },
    { wide: true, label: t("Earlier versions") },
  )
  if (wish?.restore) await restore(box, wish.restore)
  if (wish?.forget) await forget(box, wish.forget)
  if (wish?.join) {
    const { ok, body } = await ask(url(`/revisions/${wish.join.rev}`), { proof: shaped({ html: "string" }) })
    if (ok) await box.join(body.html)
  }
}

/** The text as it stands. */
const head = (list) => list.find(({ kind }) => kind !== "branch")

/** Of what somebody saved within one minute the last is shown. */
const sameMinute = (later, one) =>
  one.kind === "auto" && later.by === one.by && Math.floor(later.at / 60_000) === Math.floor(one.at / 60_000)

async function forget(box, { rev, at }) {
  const reason = await prompt({
    title: t("Delete the version of {time} for good?", { time: `${second(at)}, ${date(at)}` }),
    text: t(
      "Nobody can read it again. Drafts on the devices of those who wrote it are not touched. The reason is kept.",
    ),
    label: t("Reason"),
    yes: t("Delete for good"),
  })
  if (!reason) return showVersions(box)
  const answer = await ask(box.desk.url(box.item, `/revisions/${rev}`), { method: "DELETE", json: { reason } })
  toast(answer.ok ? t("The version is deleted.") : words(answer), { kind: answer.ok ? "good" : "bad", seconds: 8 })
  return showVersions(box)
}

const words = (answer) => (answer.status ? answer.body.error.message : unanswered(answer))

async function restore(box, { rev, at }) {
  const yes = await confirm({
    title: t("Go back to the version of {time}?", { time: `${second(at)}, ${date(at)}` }),
    text: t("It becomes the newest version; the one that stands there now remains among the earlier ones."),
    yes: t("Go back to this version"),
  })
  if (!yes || !(await box.claim())) return
  await box.keeper.save()
  const answer = await ask(box.desk.url(box.item, "/restore"), {
    method: "POST",
    json: { rev, base: box.keeper.remote?.rev ?? 0, window: box.desk.window },
    proof: shaped({ rev: "number", sha: "string", html: "string" }),
  })
  if (!answer.ok) return toast(words(answer), { kind: "bad", seconds: 8 })
  await box.desk.readOne(box.item)
  box.refresh()
  return toast(t("The version of {time} is the text again.", { time: second(at) }), { kind: "good" })
}

/** What was added and removed, word by word; marked by lines as well as by colours, and named for who listens. */
const differenceOf = (blocks) =>
  html`${blocks.every(({ kind }) => kind === "same") ? html`<p class="help">${t("The words are the same; at most their looks differ.")}</p>` : nothing}
  <div class="differences">${blocks.map(
    ({ kind, words: parts }) =>
      html`<p class=${kind}>${kind === "added" || kind === "removed" ? html`<span class="sign" aria-hidden="true">${kind === "added" ? "+" : "−"}</span>` : nothing}${markedWords(parts)}</p>`,
  )}</div>`
