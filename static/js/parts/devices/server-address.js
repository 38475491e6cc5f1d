/** The address that others in the network reach the server at: on the server's own machine the browser's says
 * "localhost", which leads a tablet to itself. */

import { boot } from "../../meeting/meeting.js"

export const serverAddress = () => boot().address || location.host
