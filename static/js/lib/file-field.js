/**
 * A file is chosen in the words and the look of this program, whatever the language of the browser: over the button and
 * the name lies the browser's own field, which takes the press, the key and the file that is dropped on it.
 */
import { t } from "./t.js"

export function fileFields() {
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "file" && target.dataset.most) checkSize(target)
  })
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = document.querySelectorAll(".field > input[type=file]")
  for (const field of fields) {
    const place = made("span", "file-field")
    const face = made("span", "file-face")
    const name = made("span", "file-name")
    face.append(made("span", "button", t("Choose a file")), name)
    face.setAttribute("aria-hidden", "true")
    field.replaceWith(place)
    place.append(field, face)
    const tell = () => {
      name.textContent = [...field.files].map((file) => file.name).join(", ") || t("No file chosen")
      name.classList.toggle("help", !field.files.length)
    }
    tell()
    field.addEventListener("change", tell)
  }
}

/**
 * A file that the server would not take is not sent at all: said at the field, in the language of the page, before minutes
 * are lost with sending it. `data-most`: bytes.
 * @param {HTMLInputElement} field
 */
function checkSize(field) {
  const most = Number(field.dataset.most)
  const largest = Math.max(0, ...[...field.files].map((file) => file.size))
  const words = largest > most ? tooLarge(largest, most) : ""
  const id = `${field.id || field.name}-too-large`
  document.getElementById(id)?.remove()
  field.setCustomValidity(words)
  if (!words) return field.removeAttribute("aria-invalid")
  field.setAttribute("aria-invalid", "true")
  const line = made("span", "error", words)
  line.id = id
  line.setAttribute("role", "alert")
  const place = field.closest(".file-field") || field
  place.after(line)
}

/** @param {number} size bytes @param {number} most bytes */
export function tooLarge(size, most) {
  return t("This file has {size}: at most {most} can be sent. Please choose a smaller one.", {
    size: inBytes(size),
    most: inBytes(most),
  })
}

function inBytes(n) {
  const mega = n >= 1e6
  const number = new Intl.NumberFormat(document.documentElement.lang, {
    maximumFractionDigits: mega && n < 1e7 ? 1 : 0,
  })
  return `${number.format(n / (mega ? 1e6 : 1e3))} ${mega ? "MB" : "KB"}`
}

function made(tag, className, text = "") {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = text
  return node
}
