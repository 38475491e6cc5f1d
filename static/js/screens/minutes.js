/** The minutes at the desk: written item by item beside what they will look like. */

import "./desk.js"
import { boot, enter } from "../meeting/meeting.js"
import "../parts/minutes/conclusions-list.js"
import "../parts/core/connection-lamp.js"
import "../parts/minutes/minutes-bar.js"
import "../parts/minutes/minutes-head.js"
import "../parts/minutes/minutes-items.js"
import "../parts/minutes/minutes-preview.js"
import "../parts/minutes/minutes-road.js"

// No device of the room: the board of who has the page does not wait for it.
enter(boot(), { onlooker: true })
