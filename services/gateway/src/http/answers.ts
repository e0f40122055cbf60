import type { Said } from '@novation/platform'
import { type Problem, statusOf } from './problems'

/** What every answer says of itself: what is kept unasked outlives sign-out and a restored backup. */
export const common = {
  'cache-control': 'private, no-cache',
  vary: 'Authorization, Cookie, Accept',
  'x-content-type-options': 'nosniff',
}

/** What RFC 9457 has of a problem; `instance` is the id of the request, to search the log for. */
export const problemForm = (told: Problem, instance: string) => ({
  type: 'about:blank',
  status: statusOf(told),
  code: told.code,
  detail: told.detail,
  ...told.more,
  instance,
})

export const problemAnswer = (told: Problem, instance: string, headers: Said['headers'] = {}): Said => {
  const status = statusOf(told)
  const retry: Readonly<Record<string, string>> = status === 503 || status === 429 ? { 'retry-after': '1' } : {}
  const challenge: Readonly<Record<string, string>> = status === 401 ? { 'www-authenticate': 'Bearer' } : {}
  return {
    status,
    headers: { ...common, ...retry, ...challenge, ...headers, 'content-type': 'application/problem+json' },
    body: `${JSON.stringify(problemForm(told, instance))}\n`,
  }
}

export const answer = (status: number, type: string, body: string, more: Said['headers'] = {}): Said => {
  const headers: Record<string, string> = { ...common, 'content-type': type }
  // By hand: a second spread into one object costs as much as working out an account.
  for (const name in more) headers[name] = more[name] ?? ''
  return { status, headers, body }
}

/** One JSON value on one line, as the command line prints it. */
export const jsonAnswer = (json: unknown, headers: Said['headers'] = {}, status = 200): Said =>
  answer(status, 'application/json', `${JSON.stringify(json)}\n`, headers)
