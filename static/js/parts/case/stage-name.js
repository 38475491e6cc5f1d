/** What of a case is on the stage, in words. */

import { nameOfMedia } from "../../case/media-places.js"
import { pagesOf } from "../../case/places.js"
import { t } from "../../lib/t.js"
import { nameOfPage } from "./case-page.js"

/** `BL 84 (tập 3) ↔ BL 85 (tập 3)`, the map, a recording. */
export function nameOfStage(stage) {
  if (stage.kind === "map") return t("the map")
  return stage.kind === "media" ? nameOfMedia(stage.media) : pagesOf(stage).map(nameOfPage).join(" ↔ ")
}
