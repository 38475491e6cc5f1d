/** A part that counts with who speaks: while somebody does, it is drawn as the time goes on. */

import { ticking } from "../../lib/countdown.js"
import { Part } from "../core/part.js"

export class SpeechPart extends Part {
  emptyAtFirst = true

  started(meeting) {
    ticking(() => {
      if (meeting.view?.floor?.speech) this.redraw()
    }, this.signal)
  }
}
