/** What can become of a command: done, refused, or not known to be done. */

/** The rules or the rights said no. `code` for the program, `message` for the person. */
export class Refused extends Error {
  constructor(code, message, fields = {}) {
    super(message || code)
    this.name = "Refused"
    this.code = code
    this.fields = fields
  }
}

/** Nobody answered. `sent` is false if it surely never left this tablet. */
export class Unanswered extends Error {
  constructor(message, sent) {
    super(message)
    this.name = "Unanswered"
    this.code = sent ? "not_known" : "not_done"
    this.sent = sent
  }
}
