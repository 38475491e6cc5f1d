/** The minutes at the desk: written item by item beside what they will look like. */

import "./desk.js"
import { boot, enter } from "../meeting/meeting.js"
import "../parts/conclusions-list.js"
import "../parts/connection-lamp.js"
import "../parts/minutes-bar.js"
import "../parts/minutes-head.js"
import "../parts/minutes-items.js"
import "../parts/minutes-preview.js"

// No device of the room: the board of who has the page does not wait for it.
enter(boot(), { onlooker: true })
