/** Whether a file that is chosen again is the one whose sending was cut. */

/**
 * @param {Blob} file
 * @param {{ offset: number, end?: string }} cut what the server has: how much, and the last bytes of it in base64
 */
export async function endsAlike(file, { offset, end = "" }) {
  const length = atob(end).length
  const here = new Uint8Array(await file.slice(Math.max(0, offset - length), offset).arrayBuffer())
  return btoa(String.fromCharCode(...here)) === end
}
