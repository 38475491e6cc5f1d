/**
 * The viewer of an offline package: opened by a double click, from a USB stick, without a network or a server. Joined into
 * one classic script with all it imports (`cases/packages/viewer.py`); with `#screen` it is the audience's window.
 */

import { setLanguage, startLanguage } from "./language.js"
import { Presenter } from "./presenter.js"
import { openScreen } from "./screen.js"
import { isAudience } from "./windows.js"

setLanguage(startLanguage())
const root = document.querySelector("#app")
document.body.classList.add(isAudience ? "is-screen" : "is-presenter")
if (isAudience) openScreen(root)
else new Presenter(root)
