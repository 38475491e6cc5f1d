// The state of the system: looks again by itself, without a page that jumps away from whoever reads it.
import "./admin-forms.js"
import { keepFresh } from "../lib/fresh.js"

keepFresh({ every: 30000 })
