// The pages before somebody is signed in: the eye of a password field, a wait that counts down, one press only.
import "./desk.js"
import { t } from "../lib/t.js"
import { Since } from "../meeting/clock.js"
import { eyes, submitsOnce } from "./admin-helpers.js"

eyes()
submitsOnce()

const wait = document.querySelector("[data-wait]")
if (wait) {
  const [began, long] = [new Since(), Number(wait.dataset.wait) * 1000]
  /** @type {HTMLButtonElement} */
  const button = document.querySelector("form[action='/sign-in'] button[type='submit']")
  const show = () => {
    const seconds = Math.ceil((long - began.age) / 1000)
    button.disabled = seconds > 0
    wait.textContent =
      seconds > 0 ? t("You can try again in {n} seconds.", { n: seconds }) : t("You can try again now.")
    if (seconds > 0) setTimeout(show, 500)
  }
  show()
}
