/** The icon for how far the saving of a text has come, by the keeper's state. */
export const SAVING_SIGNS = {
  saved: "circle-check",
  typing: "pen-line",
  saving: "loader-circle",
  waiting: "cloud-off",
  failed: "circle-alert",
  conflict: "triangle-alert",
}
