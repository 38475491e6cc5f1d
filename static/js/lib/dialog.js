// Questions over the page. Every one is a promise; Escape, the backdrop and "Cancel" answer null (or false).
import { rememberFocus } from "./focus.js"
import { html, nothing, render } from "./html.js"
import { icon } from "./icon.js"
import { lineWord } from "./line-word.js"
import { t } from "./t.js"

const DOUBLE_CLICK = 500

let count = 0

// What gives way for a moment to something that cannot wait (a ballot, the chair's call), and comes back as it was.
const shown = new Set()
const aside = new Map()
const reasons = new Set()

/** standAside(reason, who): who asks may itself be in a dialog (the chair's own ballot paper); that one stays. */
export function standAside(reason, who) {
  reasons.add(reason)
  for (const dialog of shown) {
    if (!dialog.open || (who && dialog.contains(who))) continue
    aside.set(dialog, dialog.contains(document.activeElement) ? document.activeElement : undefined)
    dialog.close()
  }
}

export function comeBack(reason) {
  if (!reasons.delete(reason) || reasons.size) return
  for (const [dialog, focused] of aside) {
    aside.delete(dialog)
    if (!dialog.isConnected) continue
    dialog.showModal()
    focused?.focus()
  }
}

/**
 * show(close => html`…`, {wide}): a dialog of one's own; close(value) ends it and is what the promise gives.
 * @param {(close: (answer?: any) => void) => unknown} draw
 * @param {{ wide?: boolean, label?: string }} how
 * @returns {Promise<any>}
 */
export function show(draw, { wide = false, label } = {}) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog")
    const giveBack = rememberFocus()
    if (wide) dialog.className = "wide"
    let value = null
    const close = (answer) => {
      value = answer === undefined ? null : answer
      if (dialog.open) dialog.close()
      else if (aside.delete(dialog)) end()
    }
    const end = () => {
      shown.delete(dialog)
      dialog.remove()
      giveBack()
      resolve(value)
    }
    render(html`${lineWord()}${draw(close)}`, dialog)
    const heading = dialog.querySelector("h2")
    if (label) dialog.setAttribute("aria-label", label)
    else if (heading) {
      heading.id = heading.id || `dialog-${++count}`
      dialog.setAttribute("aria-labelledby", heading.id)
    }
    // The second half of the double click that opened the dialog neither answers nor closes it.
    const opened = performance.now()
    const early = () => performance.now() - opened < DOUBLE_CLICK
    dialog.addEventListener("pointerdown", (event) => {
      if (event.target === dialog && outside(dialog, event) && !early()) dialog.close()
    })
    dialog.addEventListener(
      "click",
      (event) => {
        if (event.detail > 1 && early()) {
          event.stopPropagation()
          event.preventDefault()
        }
      },
      true,
    )
    dialog.addEventListener("close", () => {
      if (!dialog.open && !aside.has(dialog)) end()
    })
    document.body.append(dialog)
    shown.add(dialog)
    dialog.showModal()
    const first = dialog.querySelector("[autofocus]")
    if (first) first.focus()
    else beginAt(dialog)
  })
}

/** A part in a dialog is drawn a moment later: its `data-first`, else `autofocus`, has the focus then, unless somebody
 * was quicker. */
function beginAt(dialog) {
  const before = document.activeElement
  requestAnimationFrame(() => {
    const first = dialog.querySelector("[data-first]") ?? dialog.querySelector("[autofocus]")
    const now = document.activeElement
    if (dialog.open && first && (now === before || now === document.body)) first.focus()
  })
}

/**
 * @param {{ title: string, text?: unknown, yes?: string, no?: string, danger?: boolean }} question
 * @returns {Promise<boolean>}
 */
export async function confirm({ title, text, yes = t("Continue"), no = t("Cancel"), danger = false }) {
  const answer = await show(
    (close) => html`
    <div class="dialog-body">
      <h2>${title}</h2>
      ${text ? html`<p>${text}</p>` : nothing}
    </div>
    <div class="dialog-actions">
      <button class="button" type="button" @click=${() => close(false)} ?autofocus=${danger}>${no}</button>
      <button class="button primary ${danger ? "danger" : ""}" type="button" @click=${() => close(true)} ?autofocus=${!danger}>${yes}</button>
    </div>`,
  )
  return answer === true
}

/**
 * What was written, trimmed.
 * @param {{ title: string, text?: unknown, label?: string, value?: string, help?: unknown, multiline?: boolean,
 *   required?: boolean, secret?: boolean, yes?: string, no?: string }} question
 * @returns {Promise<string | null>}
 */
export function prompt({
  title,
  text,
  label,
  value = "",
  help,
  multiline = false,
  required = true,
  secret = false,
  yes = t("Save"),
  no = t("Cancel"),
}) {
  const id = `prompt-${++count}`
  const control = multiline
    ? html`<textarea id=${id} name="answer" rows="4" ?required=${required} autofocus .value=${value}></textarea>`
    : html`<input id=${id} name="answer" type=${secret ? "password" : "text"} inputmode=${secret ? "numeric" : nothing} autocomplete="off" ?required=${required} autofocus .value=${value}>`
  return show(
    (close) => html`
    <form method="dialog" @submit=${(event) => {
      event.preventDefault()
      close(event.target.elements.answer.value.trim())
    }}>
      <div class="dialog-body">
        <h2>${title}</h2>
        ${text ? html`<p>${text}</p>` : nothing}
        <div class="field">
          <label for=${id}>${label || title}</label>
          ${control}
          ${help ? html`<span class="help">${help}</span>` : nothing}
        </div>
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" @click=${() => close(null)}>${no}</button>
        <button class="button primary" type="submit">${yes}</button>
      </div>
    </form>`,
  )
}

/**
 * The value that was chosen.
 * @param {{ title: string, text?: unknown, no?: string,
 *   options: { value: any, label: unknown, help?: unknown, icon?: string, danger?: boolean }[] }} question
 * @returns {Promise<any>}
 */
export function choose({ title, text, options, no = t("Cancel") }) {
  return show(
    (close) => html`
    <div class="dialog-body">
      <h2>${title}</h2>
      ${text ? html`<p>${text}</p>` : nothing}
      <div class="rows">
        ${options.map(
          (option) => html`
          <button class="wide-row" type="button" @click=${() => close(option.value)}>
            ${option.icon ? icon(option.icon) : nothing}
            <span class="grow">${option.label}${option.help ? html`<span class="help block">${option.help}</span>` : nothing}</span>
            ${icon("chevron-right")}
          </button>`,
        )}
      </div>
    </div>
    <div class="dialog-actions">
      <button class="button" type="button" @click=${() => close(null)}>${no}</button>
    </div>`,
  )
}

// A press on the backdrop counts, one on the dialog's own padding does not.
function outside(dialog, event) {
  const box = dialog.getBoundingClientRect()
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom
}
