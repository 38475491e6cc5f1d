/** The versions of a text: who wrote them and when, what differs, and back to one of them. */

/** @import { NoteBox } from "./note-box.js" */

import { ask, unanswered } from "../../lib/ask.js"
import { confirm, show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isList, shaped } from "../../lib/proof.js"
import { RichText } from "../../lib/rich-view.js"
import { mark, t } from "../../lib/t.js"
import { date, second } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"

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
  let shown
  let differences = true
  let problem = ""
  let close
  const url = (rest) => box.desk.url(box.item, rest)

  const draw = () => render(picture(), place)
  const choose = async (one) => {
    chosen = one
    shown = undefined
    draw()
    const before = list[list.indexOf(one) + 1]
    const asked = differences && before ? `/diff?a=${before.rev}&b=${one.rev}` : `/revisions/${one.rev}`
    const answer = await ask(url(asked))
    if (chosen !== one) return
    if (!answer.ok) problem = words(answer)
    else shown = answer.body
    draw()
  }
  const picture = () => html`
    <div class="dialog-body">
      <h2>${t("Earlier versions")}</h2>
      ${problem ? html`<p class="notice bad" role="alert">${problem}</p>` : nothing}
      ${list && !list.length ? html`<p>${t("Nothing written yet")}</p>` : nothing}
      ${
        list?.length
          ? html`<div class="versions-view">
        <ul class="versions-list">${list.map(
          (
            one,
          ) => html`<li><button type="button" class="wide-row" aria-pressed=${one === chosen} @click=${() => choose(one)}>
            <span class="grow"><b>${second(one.at)}, ${date(one.at)}</b><span class="help block">${one.name} · ${t(KINDS[one.kind] ?? one.kind)}</span></span></button></li>`,
        )}</ul>
        <div>
          <label class="check"><input type="checkbox" .checked=${differences} @change=${({ target }) => {
            differences = target.checked
            choose(chosen)
          }}><span>${t("Show what this version changed")}</span></label>
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
      <button type="button" class="button" @click=${() => close()}>${t("Close")}</button>
      ${chosen?.kind === "branch" && box.writable ? html`<button type="button" class="button primary" @click=${() => close({ join: chosen })}>${t("Join it to the text")}</button>` : nothing}
      ${chosen && chosen !== list[0] && chosen.kind !== "branch" && box.writable ? html`<button type="button" class="button primary" @click=${() => close({ restore: chosen })}>${icon("rotate-ccw")}${t("Go back to this version")}</button>` : nothing}
    </div>`

  draw()
  ask(url("/revisions"), { proof: isList }).then((answer) => {
    if (answer.ok) list = answer.body
    else problem = words(answer)
    draw()
    if (list?.length) choose(list[0])
  })
  const wish = await show(
    (end) => {
      close = end
      return place
    },
    { wide: true, label: t("Earlier versions") },
  )
  if (wish?.restore) await restore(box, wish.restore)
  if (wish?.join) {
    const { ok, body } = await ask(url(`/revisions/${wish.join.rev}`), { proof: shaped({ html: "string" }) })
    if (ok) await box.join(body.html)
  }
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
  html`<div class="differences">${blocks.map(
    ({ kind, words: parts }) =>
      html`<p class=${kind}>${kind === "added" || kind === "removed" ? html`<span class="sign" aria-hidden="true">${kind === "added" ? "+" : "−"}</span>` : nothing}${parts.map(
        ({ kind: one, text }) =>
          one === "added"
            ? html`<ins><span class="visually-hidden">${t("added:")} </span>${text}</ins>`
            : one === "removed"
              ? html`<del><span class="visually-hidden">${t("removed:")} </span>${text}</del>`
              : html`<span>${text}</span>`,
      )}</p>`,
  )}</div>`
