/** Copying a text, also where the clipboard of the browser is closed (a LAN without HTTPS). */

/**
 * Whether it could be copied.
 * @param {string} text
 */
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      /* refused: the old way */
    }
  }
  const field = document.createElement("textarea")
  field.value = text
  field.className = "visually-hidden"
  const dialogs = document.querySelectorAll("dialog[open]")
  const home = dialogs.length ? dialogs[dialogs.length - 1] : document.body
  home.append(field)
  field.select()
  const done = document.execCommand("copy")
  field.remove()
  return done
}
