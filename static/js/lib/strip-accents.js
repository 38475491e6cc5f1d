/**
 * For search boxes: lower case without marks, đ as d, so that "hoa" finds "Hòa".
 * @param {string} text
 */
export function stripAccents(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
}
