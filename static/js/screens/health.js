// The state of the system: looks again by itself, without a page that jumps away from whoever reads it.
import "./admin-forms.js"
import { refreshAutomatically } from "../lib/auto-refresh.js"

refreshAutomatically({ every: 30000 })
