/**
 * A file is chosen in the words and the look of this program, whatever the language of the browser: over the button and
 * the name lies the browser's own field, which takes the press, the key and the file that is dropped on it.
 */
import { t } from "./t.js"

export function fileFields() {
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

function made(tag, className, text = "") {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = text
  return node
}
