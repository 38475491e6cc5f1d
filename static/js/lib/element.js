/**
 * An element outside every template: of a dialog that must work without them, or in the editor.
 * @template {keyof HTMLElementTagNameMap} Kind
 * @param {Kind} kind
 * @param {string} look class names
 * @returns {HTMLElementTagNameMap[Kind]}
 */
export function element(kind, look, words = "") {
  const made = document.createElement(kind)
  made.className = look
  made.textContent = words
  return made
}
