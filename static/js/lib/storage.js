/** What this browser keeps. It may be forbidden, full or missing: then nothing is kept, and nobody is disturbed. */

export class SafeStorage {
  #open

  /** `open()` gives the browser's own storage; even asking for it may throw. */
  constructor(open) {
    this.#open = open
  }

  /** The text under a name, or undefined. */
  get(name) {
    return this.#try((storage) => storage.getItem(name)) ?? undefined
  }

  /** Was it kept? */
  set(name, text) {
    return (
      this.#try((storage) => {
        storage.setItem(name, text)
        return true
      }) === true
    )
  }

  remove(name) {
    this.#try((storage) => storage.removeItem(name))
  }

  /** The value that was written under a name; undefined when there is none, or none that can be read. */
  read(name) {
    return this.#try((storage) => JSON.parse(storage.getItem(name))) ?? undefined
  }

  write(name, value) {
    return this.set(name, JSON.stringify(value))
  }

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
