/** Keys of the whole screen, which leave alone what the focused element itself understands. */

/**
 * `keys` is {key: act}; an act that answers false leaves the key to the browser. Returns the function that ends it.
 * @param {Record<string, () => unknown>} keys
 * @param {{ signal?: AbortSignal }} how
 */
export function onKeys(keys, { signal } = {}) {
  const listen = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (!(event.key in keys)) return
    if (document.querySelector("dialog[open]") || isTheirs(event)) return
    if (keys[event.key]() !== false) event.preventDefault()
  }
  document.addEventListener("keydown", listen, { signal })
  return () => document.removeEventListener("keydown", listen)
}

function isTheirs({ target, key }) {
  if (target.closest("input, textarea, select, [contenteditable]")) return true
  if ([" ", "Enter"].includes(key) && target.closest("button, a, summary, [role=button]")) return true
  if (key.startsWith("Arrow") && target.closest("[role=radiogroup], [role=tablist], [role=menu], .rail")) return true
  return (key.startsWith("Arrow") || key.startsWith("Page")) && Boolean(target.closest(".drawer-body"))
}
