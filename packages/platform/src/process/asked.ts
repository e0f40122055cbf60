import type { IncomingHttpHeaders } from 'node:http'
import type { Outflow } from './outflow'

/** A request as it came: nothing about it has been believed yet. */
export interface Asked {
  /** Of this request alone, to search a log for. */
  readonly id: string
  readonly method: string
  /** The path as it was asked for, without the query. */
  readonly path: string
  /** What stands in the places of the route, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** What stands after the first `?`, as it came. */
  readonly query: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The address at the other end of the connection: of a proxy, where one stands in between. */
  readonly peer: string
  /** Empty where there was none. */
  readonly body: string
  /** Aborted once nobody waits for the answer any more. */
  readonly left: AbortSignal
}

export interface Said {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** What is said at once; or, where it goes on, who says it: the answer ends when that does. */
  readonly body: string | Buffer | ((out: Outflow) => Promise<void>)
}

/** Whether none came several times, as nearly always. */
const isPlain = (headers: IncomingHttpHeaders): headers is Asked['headers'] => {
  for (const name in headers) if (Array.isArray(headers[name])) return false
  return true
}

/** Several headers of one name are one, as HTTP has it. */
export const headersOf = (headers: IncomingHttpHeaders): Asked['headers'] =>
  isPlain(headers)
    ? headers
    : Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
      )
