/** What this screen looks at of a case by itself, while the others follow the stage: nobody is told. */

/**
 * `place` is undefined while the stage is followed; {map: {case, map, version, node, open}} or {page: {case, document,
 * page, pages, label, volume, title}}. Event `change`.
 */
class OwnPlace extends EventTarget {
  /** @type {any} */
  place = undefined

  open(place) {
    this.place = place
    this.dispatchEvent(new CustomEvent("change"))
  }

  follow() {
    if (this.place) this.open(undefined)
  }
}

export const ownPlace = new OwnPlace()
