/** A form that is sent once, however often its button is pressed. */

export function submitOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = "yes"
    for (const button of form.querySelectorAll("[type=submit]")) button.setAttribute("aria-busy", "true")
  })
  // Back by the browser's button: the form may be sent again.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent
    for (const button of form.querySelectorAll("[type=submit]")) button.removeAttribute("aria-busy")
  })
}
