/** A form that is sent once, however often its button is pressed. */

export function submitOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = "yes"
    const pressed = event.submitter ? [event.submitter] : form.querySelectorAll("[type=submit]")
    for (const button of pressed) button.setAttribute("aria-busy", "true")
  })
  // Back from the browser's memory, a page may send again.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy")
  })
}
