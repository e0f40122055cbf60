import type { OpenSocket, Socket } from './socket'

type Bytes = Uint8Array<ArrayBuffer>

/** What this library meets outside itself. Whoever gives another one owns its time. */
export interface World {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Comes back after so long, or as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** An id that nobody else has. */
  readonly newId: () => string
  /** SHA-256, in hexadecimal. */
  readonly sha256: (text: string) => Promise<string>
  /** Whether a signature (Ed25519) over a text is of this key (SPKI, DER); rejects where it is no such key. */
  readonly verify: (key: Bytes, signature: Bytes, text: string) => Promise<boolean>
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The world as Node 20 and browsers have it alike. */
export const here: World = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const over = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', over)
        resolve()
      }
      const timer = setTimeout(over, ms)
      signal?.addEventListener('abort', over)
    }),
  newId: () => crypto.randomUUID(),
  sha256: async (text) => hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  verify: async (spki, signature, text) => {
    const key = await crypto.subtle.importKey('spki', spki, 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', key, signature, new TextEncoder().encode(text))
  },
}

/** The one that browsers have, and Node from 22 on. It can bring no token along: there a cookie does. */
export const ownSocket: OpenSocket = (url) => {
  const { WebSocket: own } = globalThis as { readonly WebSocket?: new (url: string) => Socket }
  if (own === undefined) throw new Error('there is no WebSocket here: hand one over as `socket`')
  return new own(url)
}
