/** The roles of a meeting in words. */

import { t } from "../lib/t.js"

const NAMES = {
  chair: () => t("Chair"),
  cochair: () => t("Co-chair"),
  secretary: () => t("Secretary"),
  organiser: () => t("Organiser"),
  guest: () => t("Guest"),
  technician: () => t("Technician"),
}

/** "" for a delegate: that is what everybody is who is nothing else. */
export const roleName = (role) => NAMES[role]?.() ?? ""
