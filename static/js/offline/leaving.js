/** Who signs out leaves nothing on this device; what is unsent is asked about first. */

import { boxesOf, dropBoxesOf } from "../lib/device.js"
import { confirm } from "../lib/dialog.js"
import { forgetAll } from "../lib/kept.js"
import { belongsTo } from "../lib/page-owner.js"
import { t, tn } from "../lib/t.js"

const LONGEST = 5000

/** The forms of this page that sign out. */
export function guardSignOut() {
  document.addEventListener("submit", (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.getAttribute("action") !== "/sign-out" || !belongsTo()) return
    event.preventDefault()
    leave(form)
  })
}

async function leave(form) {
  const waiting = [...(await boxesOf(belongsTo())).values()].reduce((sum, n) => sum + n, 0)
  if (waiting && !(await sure(waiting))) return
  const end = new Promise((done) => setTimeout(done, LONGEST))
  await Promise.race([Promise.all([dropBoxesOf(belongsTo()), forgetAll()]).catch(() => {}), end])
  form.submit()
}

const sure = (n) =>
  confirm({
    title: tn("{n} change is not sent yet", "{n} changes are not sent yet", n),
    text: t("What you have written on papers without a line is on this device alone. Whoever signs out now loses it."),
    yes: t("Sign out and lose it"),
    no: t("Stay, to send it"),
    danger: true,
  })
