/** Who may read a paper, how and until when, in a few words each. */

import { roleName } from "../../meeting/role-names.js"
import { t, tn } from "../../lib/t.js"
import { moment } from "../../lib/time.js"

/** What stands under the title of a paper, for those who prepare the meeting. */
export function rightsInWords(view, paper) {
  const { rights } = paper
  return [
    paper.recalled ? t("recalled") : "",
    paper.readers === "staff"
      ? t("staff only")
      : paper.readers === "some"
        ? named(view, rights)
        : t("all participants"),
    paper.mode === "restricted" ? t("restricted") : paper.download ? t("may be downloaded") : t("no download"),
    rights?.standing === "waiting" ? t("from {time}", { time: moment(rights.from) }) : "",
    rights?.standing === "over"
      ? t("no longer open")
      : rights?.until
        ? t("until {time}", { time: moment(rights.until) })
        : "",
  ].filter(Boolean)
}

/** Of one or two readers the names; of more their number. */
function named(view, rights) {
  const words = (rights?.readers ?? []).map((each) => {
    const [kind, value] = each.split(":")
    if (kind === "role") return roleName(value) || t("Delegates")
    return kind === "person" ? view.roll?.people?.[value]?.name || t("somebody") : ""
  })
  const units = words.filter((each) => !each).length
  if (!units && words.length <= 2) return words.join(", ")
  return units === words.length
    ? tn("{n} unit", "{n} units", units)
    : tn("{n} group or person", "{n} groups and persons", words.length)
}
