/** Who shall present: those of the present item first, then everybody who is here. */

import { attempt } from "../../lib/attempt.js"
import { choose } from "../../lib/dialog.js"
import { byGivenName, everybody, isPresent, officeOf } from "../../meeting/people.js"
import { isTechnician } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"

export async function choosePresenter(meeting) {
  const { view, me } = meeting
  const item = view.agenda.items[view.agenda.current]
  const named = new Set(item?.presenters ?? [])
  const others = everybody(view).filter((person) => person.id !== me.id && !isTechnician(person))
  const first = others.filter((person) => named.has(person.id))
  const rest = byGivenName(others.filter((person) => !named.has(person.id) && isPresent(person)))
  const person = await choose({
    title: t("Who shall present?"),
    text:
      first.length + rest.length
        ? t("They will turn the pages on every screen. You can take the stage back at any time.")
        : t("Nobody else has been checked in yet."),
    options: [...first.map((p) => option(p, t("Presenter of this item"))), ...rest.map((p) => option(p))],
  })
  if (person) await attempt(meeting.send("give_stage", { person }))
}

function option(person, note) {
  const help = [note, officeOf(person)].filter(Boolean).join(" · ")
  return { value: person.id, label: person.name, help, icon: note ? "mic" : "user" }
}
