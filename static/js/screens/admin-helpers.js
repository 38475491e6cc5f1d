// What the forms of accounts and administration have in common. Every form works without this, only less kindly.
import { copy } from "../lib/copy.js"
import { confirm } from "../lib/dialog.js"
import { submitOnce } from "../lib/submit-once.js"
import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"

// Shows what is typed into a password field while the eye is pressed in.
export function eyes() {
  for (const eye of document.querySelectorAll("[data-eye]")) {
    const field = /** @type {HTMLInputElement} */ (document.getElementById(eye.dataset.eye))
    const use = eye.querySelector("use")
    const [open, closed] = [use.getAttribute("href"), use.getAttribute("href").replace(/#eye$/, "#eye-off")]
    eye.hidden = false
    eye.parentElement.classList.add("has-eye")
    eye.addEventListener("click", () => {
      const seen = field.type === "password"
      field.type = seen ? "text" : "password"
      use.setAttribute("href", seen ? closed : open)
      eye.setAttribute("aria-pressed", String(seen))
      eye.setAttribute("aria-label", seen ? t("Hide the password") : t("Show the password"))
      field.focus()
    })
    if (field.form)
      field.form.addEventListener("submit", () => {
        field.type = "password"
      })
  }
}

export function submitsOnce() {
  for (const form of document.querySelectorAll("form[data-submit-once]")) submitOnce(form)
}

// Asks before what cannot be taken back: data-confirm, data-confirm-text, data-confirm-yes, data-danger.
export function questions() {
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("form[data-confirm]")
  for (const form of forms) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      const { confirm: title, confirmText: text, confirmYes: yes } = form.dataset
      if (await confirm({ title, text, yes, danger: "danger" in form.dataset })) form.submit()
    })
  }
}

export function copies() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false
    button.addEventListener("click", async () => {
      const done = await copy(button.dataset.copy)
      toast(done ? t("Copied") : t("Could not be copied. Select the text and copy it."), {
        kind: done ? "good" : "warn",
      })
    })
  }
}

export function prints() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false
    button.addEventListener("click", () => window.print())
  }
}

// A file may be dropped on the whole area.
export function drops() {
  for (const area of document.querySelectorAll("[data-drop]")) {
    /** @type {HTMLInputElement} */
    const field = area.querySelector("input[type=file]")
    const chosen = area.querySelector("[data-chosen]")
    const name = () => {
      chosen.textContent = field.files.length ? field.files[0].name : ""
    }
    area.classList.add("scripted")
    area.addEventListener("click", (event) => {
      if (event.target === area || /** @type {Element} */ (event.target).closest("svg")) field.click()
    })
    field.addEventListener("change", name)
    const over = (on) => (event) => {
      event.preventDefault()
      area.classList.toggle("over", on)
    }
    area.addEventListener("dragover", over(true))
    area.addEventListener("dragleave", over(false))
    area.addEventListener("drop", (event) => {
      over(false)(event)
      if (event.dataTransfer.files.length) field.files = event.dataTransfer.files
      name()
    })
  }
}
