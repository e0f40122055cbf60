import type { Said } from '@novation/platform'
import { type Problem, problems } from './problems'

/** What every answer says of itself: what is kept unasked outlives sign-out and a restored backup. */
const common = {
  'cache-control': 'private, no-cache',
  vary: 'Authorization, Cookie, Accept',
  'x-content-type-options': 'nosniff',
}

/** A problem as RFC 9457 has it; `instance` is the id of the request, to search the log for. */
export const problemAnswer = ({ code, detail }: Problem, instance: string): Said => {
  const status = problems[code]
  const retry: Readonly<Record<string, string>> = status === 503 ? { 'retry-after': '1' } : {}
  return {
    status,
    headers: { ...common, ...retry, 'content-type': 'application/problem+json' },
    body: `${JSON.stringify({ type: 'about:blank', status, code, detail, instance })}\n`,
  }
}

export const answer = (status: number, type: string, body: string, headers: Said['headers'] = {}): Said => ({
  status,
  headers: { ...common, 'content-type': type, ...headers },
  body,
})

/** One JSON value on one line, as the command line prints it. */
export const jsonAnswer = (json: unknown, headers: Said['headers'] = {}): Said =>
  answer(200, 'application/json', `${JSON.stringify(json)}\n`, headers)
