/**
 * A finger that rests on a box of a mind map: after half a second the box is lifted, as the drawing library lets it be
 * dragged from then on; let go where it was, its menu opens. A move before that pans. Of a mouse it is the other button.
 */

/** ms, as the library waits before it drags. */
const LONG = 500
/** Pixels that a resting finger may tremble. */
const STILL = 10

/**
 * @param {HTMLElement} view
 * @param {{ lift: (node: string) => void, drop: () => void, menu: (node: string, point: { x: number, y: number }) => void }} tell
 *   `lift`: a box can be dragged now; `drop`: it was let go, or the press came to nothing
 * @param {AbortSignal} signal
 */
export function listenToPresses(view, { lift, drop, menu }, signal) {
  /** @type {any} */
  let press
  const fingers = new Set()

  const end = () => {
    if (!press) return
    clearTimeout(press.timer)
    press.topic.classList.remove("pressed", "lifted")
    if (press.lifted) drop()
    press = undefined
  }
  const began = (event) => {
    if (event.pointerType === "mouse") return
    fingers.add(event.pointerId)
    end()
    const topic = event.target.closest("me-tpc")
    if (!topic || fingers.size > 1) return
    press = { topic, id: event.pointerId, x: event.clientX, y: event.clientY, lifted: false, moved: false, timer: 0 }
    topic.classList.add("pressed")
    press.timer = setTimeout(() => {
      press.lifted = true
      topic.classList.add("lifted")
      lift(nodeOf(topic))
    }, LONG)
  }
  const moved = (event) => {
    if (press?.id !== event.pointerId || Math.hypot(event.clientX - press.x, event.clientY - press.y) <= STILL) return
    press.moved = true
    if (!press.lifted) end()
  }
  const ended = (event) => {
    fingers.delete(event.pointerId)
    if (press?.id !== event.pointerId) return
    const { topic, lifted, moved: dragged, x, y } = press
    end()
    held = lifted
    if (lifted && !dragged && event.type === "pointerup") menu(nodeOf(topic), { x, y })
  }
  view.addEventListener("pointerdown", began, { signal, capture: true })
  view.addEventListener("pointermove", moved, { signal, capture: true })
  for (const kind of ["pointerup", "pointercancel"]) view.addEventListener(kind, ended, { signal, capture: true })

  // What was held was no click: neither does it take the focus from the menu, nor press what stands there now.
  let held = false
  const still = (event) => {
    if (held && event.cancelable) event.preventDefault()
    held = false
  }
  view.addEventListener("touchend", still, { signal, passive: false })

  let byMouse = true
  view.addEventListener("pointerdown", (event) => (byMouse = event.pointerType === "mouse"), { signal, capture: true })
  view.addEventListener(
    "contextmenu",
    (event) => {
      const topic = /** @type {Element} */ (event.target).closest("me-tpc")
      event.preventDefault() // of a finger it is the half second, which lifts
      if (topic && byMouse) menu(nodeOf(topic), { x: event.clientX, y: event.clientY })
    },
    { signal, capture: true },
  )
}

const nodeOf = (topic) => topic.dataset.nodeid.replace(/^me/, "")
