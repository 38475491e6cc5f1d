/** A page painted into a canvas, sharp on every screen. */

const VEIL = "rgba(20, 22, 26, .74)"

/**
 * `under(draw, page)` draws what belongs into the picture itself (highlighters).
 * `camera` says where the page of `size` lies in the `box` (CSS pixels), `ratio` how many dots a pixel has.
 * Without a `picture` the sheet is white. Outside of `region` (fractions of the page) it steps back.
 * @param {HTMLCanvasElement} canvas
 * @param {{ box: any, ratio: number, camera: any, size: any, picture?: any, region?: number[], under?: any }} what
 */
export function paintPage(canvas, { box, ratio, camera, size, picture, region, under }) {
  const [width, height] = [Math.round(box.w * ratio), Math.round(box.h * ratio)]
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  const page = {
    x: Math.round(camera.x * ratio),
    y: Math.round(camera.y * ratio),
    w: Math.round(size.w * camera.scale * ratio),
    h: Math.round(size.h * camera.scale * ratio),
  }
  const draw = canvas.getContext("2d")
  draw.clearRect(0, 0, width, height)
  draw.imageSmoothingQuality = "high"
  draw.fillStyle = "#fff"
  draw.fillRect(page.x, page.y, page.w, page.h)
  if (picture) draw.drawImage(picture, page.x, page.y, page.w, page.h)
  under?.(draw, page)
  if (region) veil(draw, page, region, { width, height })
}

/**
 * What lies outside of the rectangle that is pointed out stays visible, but steps back.
 * @param {CanvasRenderingContext2D} draw
 * @param {{ x: number, y: number, w: number, h: number }} page
 * @param {number[]} region [x, y, w, h]
 * @param {{ width: number, height: number }} canvas
 */
function veil(draw, page, [x, y, w, h], { width, height }) {
  const path = new Path2D()
  path.rect(0, 0, width, height)
  path.rect(page.x + x * page.w, page.y + y * page.h, w * page.w, h * page.h)
  draw.fillStyle = VEIL
  draw.fill(path, "evenodd")
}
