/** Links inside a paper: to a page of it at once, with the way back; to elsewhere the address is shown first. */

import { copy } from "../../lib/copy.js"
import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"

export const linkLayer = (reader) => ({
  name: "links",
  order: 50,
  mount(page) {
    const here = reader.outline.links.filter((link) => link.page === page.n)
    const made = here.map((link) => {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "reader-link"
      button.setAttribute(
        "aria-label",
        link.to ? t("To page {page}", { page: link.to }) : t("Link: {address}", { address: link.href }),
      )
      const [x, y, w, h] = link.box
      button.style.left = `${x * 100}%`
      button.style.top = `${y * 100}%`
      button.style.width = `${w * 100}%`
      button.style.height = `${h * 100}%`
      button.onclick = () => (link.to ? reader.go(link.to, { back: true }) : showAddress(link.href))
      page.element.append(button)
      return button
    })
    return {
      close() {
        for (const button of made) button.remove()
      },
    }
  },
})

/** Opened only by a second tap: what a paper says of its link need not be true. */
export function showAddress(address) {
  return show(
    (close) => html`
    <div class="dialog-body">
      <h2>${t("This link leads out of the program")}</h2>
      <p class="slip-link" data-address>${address}</p>
    </div>
    <div class="dialog-actions">
      <button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button>
      <a class="button" href=${address} target="_blank" rel="noopener noreferrer" @click=${() => close()}>${icon("external-link")}${t("Open the address")}</a>
      <button class="button primary" type="button" autofocus @click=${async () => {
        if (await copy(address)) toast(t("Copied."))
        close()
      }}>${icon("copy")}${t("Copy the address")}</button>
    </div>`,
  )
}
