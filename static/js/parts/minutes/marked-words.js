/** Words of a difference: [{kind: same|added|removed, text}], marked by lines and colours, and named for who listens. */

import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"

export const markedWords = (parts) =>
  parts.map(({ kind, text }) =>
    kind === "added"
      ? html`<ins><span class="visually-hidden">${t("added:")} </span>${text}</ins>`
      : kind === "removed"
        ? html`<del><span class="visually-hidden">${t("removed:")} </span>${text}</del>`
        : html`<span>${text}</span>`,
  )
