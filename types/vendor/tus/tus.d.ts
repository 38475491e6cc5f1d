// What is used of tus-js-client.

interface Sending {
  start(): void
  abort(terminate?: boolean): Promise<void>
  url: string | null
}

declare const tus: {
  Upload: new (file: File, options: Record<string, unknown>) => Sending
  isSupported: boolean
}
export default tus
