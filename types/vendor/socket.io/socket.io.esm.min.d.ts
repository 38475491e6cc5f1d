// What of socket.io-client is used here (meeting/connection.js), and no more.
export interface Socket {
  connected: boolean
  active: boolean
  auth: object
  io: Manager
  volatile: Socket
  on(event: string, heard: (...said: any[]) => void): this
  off(event?: string, heard?: (...said: any[]) => void): this
  emit(event: string, ...said: unknown[]): this
  timeout(ms: number): Socket
  connect(): this
  disconnect(): this
}
export interface Manager {
  opts: { path: string; transports: string[]; [option: string]: unknown }
  engine: { transport: { name: string; [detail: string]: any }; [detail: string]: any }
  on(event: string, heard: (...said: any[]) => void): this
  [detail: string]: any
}
export function io(options: object): Socket
