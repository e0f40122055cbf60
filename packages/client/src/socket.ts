/** One connection on which both sides speak, as far as it is needed here: a browser's, or one of the package `ws`, fits. */
export interface Socket {
  readonly send: (text: string) => void
  readonly close: () => void
  onopen: (() => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onclose: ((event: { readonly code: number }) => void) | null
  onerror: (() => void) | null
}

/** Opens one: `(url, token) => new WebSocket(url, { headers: { authorization: `Bearer ${token}` } })`. */
export type OpenSocket = (url: string, token: string | undefined) => Socket
