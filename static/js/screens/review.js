/** The copy of the minutes that was sent for comments, at the desk and on a phone. */

import "./desk.js"
import { boot, enter } from "../meeting/meeting.js"
import "../parts/minutes/review-copy.js"

// No device of the room: the board of who has the page does not wait for it.
enter(boot(), { onlooker: true })
