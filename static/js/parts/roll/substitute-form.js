/** Who attends instead (người dự thay): name and office; the chair consents or not. */

import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"

/** Asks for a substitute of `person` (id; left out: myself) and proposes them. Resolves when all is said. */
export async function proposeSubstitute(meeting, person = meeting.me.id) {
  const about = meeting.view.roll.people[person] || {}
  const own = person === meeting.me.id
  const named = await show(
    (close) => html`
    <form method="dialog" @submit=${(event) => {
      event.preventDefault()
      const { name, office } = event.target.elements
      close({ name: name.value.trim(), title: office.value.trim() })
    }}>
      <div class="dialog-body">
        <h2>${own ? t("Send a substitute") : t("Substitute for {name}", { name: about.name })}</h2>
        <p>${t("The chair is asked to consent. A substitute attends and may speak, but does not vote.")}</p>
        <div class="field"><label for="substitute-name">${t("Full name of the substitute")}</label>
          <input id="substitute-name" name="name" required maxlength="200" autocomplete="off" autofocus .value=${about.substitute || ""}></div>
        <div class="field"><label for="substitute-office">${t("Position")} <span class="optional">(${t("optional")})</span></label>
          <input id="substitute-office" name="office" maxlength="300" autocomplete="off" .value=${about.substitute_title || ""}></div>
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => close()}>${t("Cancel")}</button>
        <button type="submit" class="button primary">${t("Ask the chair")}</button>
      </div>
    </form>`,
  )
  if (!named?.name) return
  if (await attempt(meeting.send("propose_substitute", { ...named, ...(own ? {} : { person }) })))
    toast(t("The chair has been asked to consent."))
}

/** "Lê Văn Tư, Phó Trưởng phòng": the substitute of an entry of the roll, or "". */
export const substituteOf = ({ substitute, substitute_title: title }) => [substitute, title].filter(Boolean).join(", ")

/** "chờ chủ tọa đồng ý" or "chủ tọa đã đồng ý". */
export const consentWord = ({ consent }) =>
  consent === "given" ? t("the chair has consented") : t("waiting for the chair's consent")
