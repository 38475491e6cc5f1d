/** A part that is drawn with what this screen follows or browses: the chair's page, or a place of one's own. */

/** @import { Following } from "../../meeting/following.js" */

import { following } from "../../meeting/following.js"
import { Part } from "./part.js"

export class FollowingPart extends Part {
  /** @type {Following | undefined} Known once the meeting is. */
  following = undefined

  started(_meeting) {
    this.drawsWith(following, (it) => {
      this.following = it
    })
  }
}
