import { isPassing, type Patience, pauseAfter } from './pauses'
import { Problem, Unreachable } from './problem'
import type { Why } from './types'
import type { World } from './world'

/** Where the gateway is, and how it is asked. */
export interface Line {
  readonly url: string
  readonly token: string | undefined
  readonly world: World
  readonly patience: Patience
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal | undefined
}

export type Words = Readonly<Record<string, unknown>>

/** Browsers and proxies resolve `.` and `..` in a path, so names that are these stand there behind a tilde. */
const inPlace = (word: string): string => (/^\.{1,2}$/.test(word) ? `~${word}` : encodeURIComponent(word))

/** The path of an operation with its words in place, and the rest of them as its query. */
export const located = (template: string, words: Words): string => {
  const inPath = new Set<string>()
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    inPath.add(name)
    return inPlace(String(words[name]))
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(words))
    if (value !== undefined && !inPath.has(name)) query.set(name, String(value))
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

export const asked = (
  { url, token, world }: Line,
  { method, path, headers, body, signal }: Request,
): Promise<Response> =>
  world.fetch(url + path, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  })

/** What a problem says; an answer that is none (of a proxy in between) is one all the same. */
export const whyOf = async (response: Response): Promise<Why> => {
  const { status } = response
  const text = await response.text()
  try {
    const why: Why = JSON.parse(text)
    if (typeof why.code === 'string') return { ...why, status }
  } catch {
    // It is of somebody in between.
  }
  return { code: 'unavailable', detail: `status ${status}: ${text.slice(0, 200)}`, status }
}

/**
 * Asks until there is an answer that the same request would be given again: over lost connections, and where too much is asked
 * or a part is away. The last answer that was not one is answered when patience ends; throws `Unreachable` where there was none.
 */
export const insist = async (line: Line, request: Request): Promise<Response> => {
  const { world, patience } = line
  for (let attempt = 0; ; attempt += 1) {
    const isLast = attempt + 1 >= patience.attempts
    try {
      const response = await asked(line, request)
      if (!isPassing(response.status) || isLast) return response
      await response.body?.cancel()
      await world.sleep(pauseAfter(attempt, patience, response.headers.get('retry-after')), request.signal)
    } catch (error) {
      request.signal?.throwIfAborted()
      if (isLast) throw new Unreachable(`${line.url} does not answer`, { cause: error })
      await world.sleep(pauseAfter(attempt, patience), request.signal)
    }
    request.signal?.throwIfAborted()
  }
}

/** The answer, or the problem thrown. */
export const answered = async (line: Line, request: Request): Promise<Response> => {
  const response = await insist(line, request)
  if (response.ok) return response
  throw new Problem(await whyOf(response))
}
