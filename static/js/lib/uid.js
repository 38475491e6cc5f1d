// A fresh id for a command. crypto.randomUUID needs HTTPS, which a LAN may not have; getRandomValues does not.
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

export function uid(length = 20) {
  let id = ""
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      // 248 = 8 × 31: bytes above would favour some letters
      if (byte < 248 && id.length < length) id += ALPHABET[byte % 31]
    }
  }
  return id
}
