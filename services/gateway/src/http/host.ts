import type { Asked } from '@novation/platform'
import { isByCookie } from '../access/credentials'
import { type Problem, problem } from './problems'

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/** Whether this machine is asked under a name of its own. */
export const isLoopback = ({ host = '' }: Asked['headers']): boolean => loopback.test(host)

const foreignHost = problem('foreign-host', 'this Host is not served here: a page of another site may be asking')
export const foreignOrigin = problem('foreign-origin', 'this Origin may not send anything here: it is another site')

/**
 * Why who asks is not served, or nothing. A page of another site that has its own name lead here (DNS rebinding) asks under
 * that name; one that sends something says where it comes from, and must where the browser says by itself who asks. A site of `cors` may
 * send by a token that its page brings along.
 */
export const foreign = (
  { method, headers }: Pick<Asked, 'method' | 'headers'>,
  origins: readonly string[],
  cors: readonly string[] = [],
): Problem | undefined => {
  const { host = '', origin } = headers
  if (!isLoopback(headers) && !origins.some((own) => new URL(own).host === host.toLowerCase())) return foreignHost
  const isOwn =
    (origin === undefined && !isByCookie({ headers })) ||
    (origin !== undefined && origins.includes(origin)) ||
    (origin !== undefined && cors.includes(origin) && !isByCookie({ headers })) ||
    origin === `http://${host}` ||
    origin === `https://${host}`
  return isOwn || method === 'GET' || method === 'HEAD' ? undefined : foreignOrigin
}
