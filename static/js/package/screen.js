/** The audience's window: what is shown, and who answers for the package. Nothing can be pressed but the full screen. */

import { t } from "../lib/t.js"
import { about } from "./data.js"
import { el, icon } from "./el.js"
import { footer } from "./footer.js"
import { Stage } from "./stage.js"
import { fromPresenter } from "./windows.js"

const STILL = 2500 // ms after which the pointer and the button are gone

export function openScreen(root) {
  const stage = new Stage()
  const title = el("div", { class: "title-card" }, [
    el("p", { class: "title-code" }, about.code),
    el("h1", {}, about.title || about.code),
    el(
      "p",
      {},
      window.opener ? t("The presentation begins in a moment.") : t("Open this window from the presenter's window."),
    ),
  ])
  const full = el("button", { type: "button", class: "full-screen", onclick: fill }, [
    icon("fullscreen"),
    t("Full screen (F)"),
  ])
  root.replaceChildren(el("main", { class: "screen" }, [stage.element, title]), full, footer())
  stage.element.hidden = true
  const press = fromPresenter((state) => {
    stage.element.hidden = false
    title.hidden = true
    stage.show(state)
  })
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "f" || event.key === "F") fill()
    else if (event.key !== "Escape" && event.key !== "Tab") {
      event.preventDefault()
      press(event.key)
    }
  })
  document.addEventListener("dblclick", fill)
  let timer
  const awake = () => {
    document.body.classList.remove("still")
    clearTimeout(timer)
    timer = setTimeout(() => document.body.classList.add("still"), STILL)
  }
  document.addEventListener("pointermove", awake)
  awake()
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen()
  else document.documentElement.requestFullscreen?.().catch(() => {})
}
