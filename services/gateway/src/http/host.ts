import type { Asked } from '@novation/platform'
import { type Problem, problem } from './problems'

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

const foreignHost = problem('foreign-host', 'this Host is not served here: a page of another site may be asking')
const foreignOrigin = problem('foreign-origin', 'this Origin may not send anything here: it is another site')

/**
 * Why who asks is not served, or nothing. A page of another site that has its own name lead here (DNS rebinding) asks under
 * that name; one that sends something says where it comes from.
 */
export const foreign = (
  { method, headers: { host = '', origin } }: Asked,
  origins: readonly string[],
): Problem | undefined => {
  if (!loopback.test(host) && !origins.some((own) => new URL(own).host === host.toLowerCase())) return foreignHost
  const isOwn =
    origin === undefined || origins.includes(origin) || origin === `http://${host}` || origin === `https://${host}`
  return isOwn || method === 'GET' || method === 'HEAD' ? undefined : foreignOrigin
}
