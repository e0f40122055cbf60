import type { Asked } from '@novation/platform'

/** What somebody sends along to say who he is. */
export type Credentials = Pick<Asked, 'headers' | 'peer'>

/** The cookie by which a page of this gateway's own is known once somebody has signed in there. */
const cookieName = 'novation'

const bearer = /^Bearer +(\S{1,200})$/i
const cookie = new RegExp(`(?:^|;\\s*)${cookieName}=([^;\\s]{1,200})`)

/** The token that is sent along: in a header, or, from a page that signed in, in a cookie. Nothing where none is. */
export const tokenIn = ({ headers }: Pick<Credentials, 'headers'>): string | undefined =>
  headers.authorization === undefined
    ? cookie.exec(headers.cookie ?? '')?.[1]
    : (bearer.exec(headers.authorization)?.[1] ?? '')

/** Whether a browser may have sent it along by itself, whatever page asked. */
export const isByCookie = ({ headers }: Pick<Credentials, 'headers'>): boolean =>
  headers.authorization === undefined && cookie.test(headers.cookie ?? '')

/** Has a browser keep a token, out of reach of any program in the page, and send it to this gateway alone; `secure`: never in the clear. */
export const cookieOf = (token: string, secure: boolean): string =>
  `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

export const noCookie = `${cookieName}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`
