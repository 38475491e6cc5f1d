/** The session has ended while somebody writes: they sign in over the page, which stays as it is. */

import { ask } from "./ask.js"
import { show } from "./dialog.js"
import { html, nothing, render } from "./html.js"
import { belongsTo } from "./page-owner.js"
import { isObject, shaped } from "./proof.js"
import { t } from "./t.js"

// Nobody is torn away from a sentence: what they type then would go into the field of the name.
const PAUSE = 1500
let typedAt = -Infinity
document.addEventListener(
  "keydown",
  () => {
    typedAt = performance.now()
  },
  { capture: true },
)
let open

/** Resolves with true once the person of this page has signed in again; false if they left it for later. */
export function signInAgain() {
  open ??= atPause()
    .then(asked)
    .finally(() => {
      open = undefined
    })
  return open
}

async function atPause() {
  for (let left = typedAt + PAUSE - performance.now(); left > 0; left = typedAt + PAUSE - performance.now())
    await new Promise((rested) => setTimeout(rested, Math.max(0, left)))
}

async function asked() {
  const place = document.createElement("div")
  const name = document.documentElement.dataset.personName || ""
  let problem = ""
  let busy = false
  let close
  const draw = () =>
    render(
      html`<form class="form" @submit=${(event) => {
        event.preventDefault()
        send(event.target.elements)
      }}>
      <div class="dialog-body">
        <h2 id="sign-in-again">${t("Please sign in again")}</h2>
        <p>${t("Your session has ended. What you have written is still here, and is saved as soon as {name} has signed in.", { name })}</p>
        ${problem ? html`<p class="notice bad" role="alert">${problem}</p>` : nothing}
        <div class="field"><label for="again-name">${t("User name")}</label>
          <input id="again-name" name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="80" required data-first></div>
        <div class="field"><label for="again-password">${t("Password")}</label>
          <input id="again-password" name="password" type="password" autocomplete="current-password" required></div>
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" @click=${() => close(false)}>${t("Later")}</button>
        <button class="button primary" type="submit" ?disabled=${busy}>${t("Sign in")}</button>
      </div></form>`,
      place,
    )
  const send = async ({ username, password }) => {
    busy = true
    draw()
    problem = await enter(username.value, password.value)
    busy = false
    if (!problem) return close(true)
    password.value = ""
    draw()
    return password.focus()
  }
  draw()
  const done = await show(
    (end) => {
      close = end
      return place
    },
    { label: t("Please sign in again") },
  )
  return done === true
}

/** Why not, in words; "" when it has been done. */
async function enter(username, password) {
  const { ok, status, body } = await ask("/api/session", {
    method: "POST",
    json: { username, password },
    proof: shaped({ user: "object" }),
    as: "",
  })
  if (!ok) return status ? body.error.message : t("No connection. Try again in a moment.")
  if (!belongsTo() || body.user.id === belongsTo()) return ""
  await ask("/api/session", { method: "DELETE", proof: isObject, as: "" })
  return t("This page belongs to {name}. Only {name} can go on writing here.", {
    name: document.documentElement.dataset.personName || "",
  })
}
