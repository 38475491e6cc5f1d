/** Pictures of pages into a few canvases that go from page to page. A bitmap lives only as long as it is drawn. */

import { FINE, FULL, pageUrl, picture, SMALL } from "../pages/page-files.js"
import { isStamped } from "../pages/stamped.js"

// More decodings at once only cost memory.
const AT_ONCE = 2

export class CanvasPool {
  /** How many bitmaps are alive now. */
  alive = 0

  #free = []
  #running = 0
  #waiting = []

  /** A canvas that nobody uses. */
  take() {
    const canvas = this.#free.pop() ?? document.createElement("canvas")
    canvas.className = "reader-picture"
    canvas.setAttribute("role", "img")
    return canvas
  }

  give(canvas) {
    canvas.remove()
    canvas.width = canvas.height = 0
    this.#free.push(canvas)
  }

  /**
   * Draws page `n` of `paper` into the canvas, `w` × `h` dots; first in small where nothing stands yet. `onto(draw)` draws
   * what belongs into the picture. The status of what was asked for; 0 without an answer, 200 when it stands there.
   * @param {HTMLCanvasElement} canvas
   * @param {{ document: string, n: number, w: number, h: number, signal: AbortSignal, fresh: boolean, small?: boolean,
   *   onto?: (draw: CanvasRenderingContext2D) => void }} what
   */
  async paint(canvas, { document, n, w, h, signal, fresh, small = false, onto }) {
    if (isStamped(document)) return small ? 200 : this.#draw(canvas, pageUrl(document, n, FULL), { w, h, signal, onto })
    const long = Math.max(w, h)
    const size = small || long <= SMALL ? SMALL : long > FULL * 1.05 ? FINE : FULL
    if (fresh && size !== SMALL) {
      const drawn = this.#draw(canvas, pageUrl(document, n, SMALL), { w, h, signal, onto })
      const status = await this.#draw(canvas, pageUrl(document, n, size), { w, h, signal, onto, after: drawn })
      return status
    }
    return this.#draw(canvas, pageUrl(document, n, size), { w, h, signal, onto })
  }

  async #draw(canvas, url, { w, h, signal, onto, after = undefined }) {
    const outcome = { status: 0 }
    const blob = await picture(url, signal, {}, outcome)
    await after
    if (!blob || signal.aborted) return outcome.status === 200 ? 0 : outcome.status
    await this.#turn()
    try {
      if (signal.aborted) return 0
      this.alive += 1
      const bitmap = await createImageBitmap(blob).catch(() => undefined)
      if (bitmap && !signal.aborted) {
        if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h })
        const draw = canvas.getContext("2d")
        draw.imageSmoothingQuality = "high"
        draw.drawImage(bitmap, 0, 0, w, h)
        onto?.(draw)
      }
      bitmap?.close()
      this.alive -= 1
      return bitmap ? 200 : 0
    } finally {
      this.#next()
    }
  }

  async #turn() {
    if (this.#running >= AT_ONCE) await new Promise((go) => this.#waiting.push(go))
    else this.#running += 1
  }

  #next() {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running -= 1
  }
}
