// What of idb is used here (lib/device.js), and no more.
export interface Upgrade {
  createObjectStore(name: string, how?: IDBObjectStoreParameters): IDBObjectStore
}
export interface Database {
  get(store: string, key: IDBValidKey): Promise<any>
  getAll(store: string): Promise<any[]>
  getAllFromIndex(store: string, index: string, range?: IDBKeyRange): Promise<any[]>
  countFromIndex(store: string, index: string, range?: IDBKeyRange): Promise<number>
  put(store: string, value: any): Promise<IDBValidKey>
  delete(store: string, key: IDBValidKey | IDBKeyRange): Promise<void>
  clear(store: string): Promise<void>
  transaction(stores: string | string[], mode?: IDBTransactionMode): any
  close(): void
}
export function openDB(
  name: string,
  version: number,
  how: { upgrade?: (db: Upgrade) => void; blocking?: () => void; terminated?: () => void },
): Promise<Database>
