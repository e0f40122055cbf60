import type { Session } from './generated/api'
import { paths } from './generated/paths'
import { answered, type Line } from './request'

const sessionIn = async (response: Response): Promise<Session> => (await response.json()) as Session

/** Who asks, and what that allows. */
export const session = (line: Line) => async (): Promise<Session> =>
  sessionIn(await answered(line, { method: 'GET', path: paths.session }))

/**
 * Has the browser keep a token as a cookie, out of reach of the page: from then on every request of this page, and its WebSocket, is
 * known by it, and the token may be forgotten.
 */
export const signIn =
  (line: Line) =>
  async (token: string): Promise<Session> =>
    sessionIn(await answered({ ...line, token }, { method: 'POST', path: paths.signIn }))

/** Has the browser forget it. */
export const signOut = (line: Line) => async (): Promise<void> =>
  answered(line, { method: 'DELETE', path: paths.signOut }).then(() => undefined)
