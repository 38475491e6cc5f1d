/** What this browser keeps. It may be forbidden, full or missing: then nothing is kept, and nobody is disturbed. */

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store what is asked of a storage */

export class SafeStorage {
  /** @type {() => Store} */
  #open

  /**
   * `open()` gives the browser's own storage; even asking for it may throw.
   * @param {() => Store} open
   */
  constructor(open) {
    this.#open = open
  }

  /**
   * The text under a name, or undefined.
   * @param {string} name
   * @returns {string | undefined}
   */
  get(name) {
    return this.#try((storage) => storage.getItem(name)) ?? undefined
  }

  /**
   * Was it kept?
   * @param {string} name
   * @param {string} text
   */
  set(name, text) {
    return (
      this.#try((storage) => {
        storage.setItem(name, text)
        return true
      }) === true
    )
  }

  /** @param {string} name */
  remove(name) {
    this.#try((storage) => storage.removeItem(name))
  }

  /**
   * The value that was written under a name; undefined when there is none, or none that can be read.
   * @param {string} name
   * @returns {any}
   */
  read(name) {
    return this.#try((storage) => JSON.parse(storage.getItem(name) ?? "null")) ?? undefined
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  write(name, value) {
    return this.set(name, JSON.stringify(value))
  }

  /**
   * @template Value
   * @param {(storage: Store) => Value} use
   * @returns {Value | undefined}
   */
  #try(use) {
    try {
      return use(this.#open())
    } catch {
      return undefined
    }
  }
}

/** Kept on this device. */
export const local = new SafeStorage(() => localStorage)
/** Kept in this window, over a reload. */
export const session = new SafeStorage(() => sessionStorage)
