/** Text fields as high as their text, and of one paragraph where a title is written. */

/** Listens once for a whole form or part; call `fit(textarea)` for what was filled in by the program. */
export function growing(root, signal) {
  const options = signal ? { signal } : undefined
  root.addEventListener(
    "input",
    ({ target }) => {
      if (target.matches("textarea[data-one-line]")) fit(oneParagraph(target))
    },
    options,
  )
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("textarea[data-one-line]")) return
      event.preventDefault()
      event.target.form?.querySelector("[type=submit]")?.click()
    },
    options,
  )
}

export function fit(textarea) {
  textarea.style.height = "auto"
  textarea.style.height = `${textarea.scrollHeight + 2}px`
}

function oneParagraph(textarea) {
  if (/[\r\n]/.test(textarea.value)) textarea.value = textarea.value.replace(/\s*[\r\n]+\s*/g, " ")
  return textarea
}
