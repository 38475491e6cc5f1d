/** While the line is down everything that sends says what will happen: before it is pressed, and when it is. */

import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { entered } from "../../meeting/meeting.js"

// A server that restarts is back before anybody would have read it.
const DOWN_AFTER = 1500
// What is saved while one writes has its own word, and says it where it is written.
const BY_ITSELF = ["record_note", "edit_minutes"]

// Ours, or that of the site to the centre.
const isDown = ({ lamp }) => lamp.state === "offline" || !!lamp.unheard

entered.then((meeting) => {
  let waiting
  const look = () => {
    clearTimeout(waiting)
    const down = isDown(meeting)
    if (!down) delete document.documentElement.dataset.line
    else
      waiting = setTimeout(() => {
        document.documentElement.dataset.line = "down"
      }, DOWN_AFTER)
  }
  meeting.addEventListener("lamp", look)
  look()
  meeting.addEventListener("sending", ({ detail: { name } }) => {
    if (!isDown(meeting) || BY_ITSELF.includes(name)) return
    toast(t("No connection: it waits 20 seconds for the line; if it cannot be sent, this screen tells you."), {
      kind: "warn",
      seconds: 8,
    })
  })
})
