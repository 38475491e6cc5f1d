// Stands before a room's joined script (web/assets). The page that came in the HTML is on the glass before anything else
// is done; meanwhile it is decoded for the canvas, off this thread, for pages/pages.js. So are the branches of a mind map
// (screens/first-branches.js). A mind map on the stage is on its way before the script that draws it is read
// (case/room-maps.js).
const map = /** @type {HTMLDataElement | null} */ (document.querySelector(".first-map"))
if (map) {
  const body = fetch(map.value, { credentials: "same-origin" })
    .then((answer) => (answer.ok && answer.headers.has("X-Meetingroom") ? answer.json() : undefined))
    .catch(() => undefined)
  globalThis.firstMap = { url: map.value, body }
  map.remove() // asked for once, though a page has two scripts
}
const first = document.querySelector(".first-page")
if (first) {
  const url = first.getAttribute("src")
  const read = (answer) =>
    answer.ok && answer.headers.get("Content-Type")?.startsWith("image/") ? answer.blob() : undefined
  const bitmap = fetch(url)
    .then(read)
    .then((file) => file && createImageBitmap(file))
    .catch(() => undefined)
  globalThis.firstPicture = { url, bitmap }
}
// Nothing is drawn in a hidden window: then it is not waited for.
if ((first || document.querySelector(".first-branches.placed")) && !document.hidden)
  await new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done))
    setTimeout(done, 250)
  })
