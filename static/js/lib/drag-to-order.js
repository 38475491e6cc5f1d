/** A list one can drag, drawn by lit-html: SortableJS shows the drag, the page itself stays as lit-html left it. */

/**
 * `started()` when a drag begins; `moved(id, order)` when it ended: the ids (`data-id`) in their new order, or `moved()`
 * when nothing changed. The rows are put back where they were, so that the next drawing finds what it knows.
 */
export function sortable(Sortable, list, { handle, draggable, started, moved }) {
  let next
  return new Sortable(list, {
    handle,
    draggable,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    // The same on touch, pen and mouse, instead of the browser's own drag, which tablets do not have.
    forceFallback: true,
    fallbackTolerance: 4,
    ghostClass: "drag-ghost",
    chosenClass: "drag-chosen",
    scrollSensitivity: 90,
    onStart: ({ item }) => {
      next = item.nextSibling
      started()
    },
    onEnd: ({ item, oldDraggableIndex, newDraggableIndex }) => {
      const order = [...list.querySelectorAll(`:scope > ${draggable}`)].map(({ dataset }) => dataset.id)
      list.insertBefore(item, next)
      if (oldDraggableIndex === newDraggableIndex) moved()
      else moved(item.dataset.id, order)
    },
  })
}
