import type { Asked, Route, Said } from '@novation/platform'
import type { Site, SiteFile } from '../site'

/** Nothing that is not of this gateway's own, nobody who frames it, and no text that becomes a program. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

const said = ({ type, body }: SiteFile, kept: string): Said => ({
  status: 200,
  headers: { ...headers, 'content-type': type, 'cache-control': kept },
  body,
})

/** The pages under which the one page stands: its address says what it shows. */
const addresses = ['/', '/pools/*']

/**
 * What a browser is served: the page at each of its addresses, and its files, whose names say their content and which are
 * kept for ever. None of it says anything of a pool, so whoever reaches the gateway gets it.
 */
export const siteRoutes = (
  { page, files }: Site,
  guarded: (asked: Asked, answer: () => Said) => Said,
): readonly Route[] => [
  ...addresses.map(
    (path): Route => ({
      method: 'GET',
      path,
      handle: (asked) => guarded(asked, () => said(page, 'no-cache')),
    }),
  ),
  ...[...files].map(
    ([path, file]): Route => ({
      method: 'GET',
      path,
      handle: (asked) => guarded(asked, () => said(file, 'public, max-age=31536000, immutable')),
    }),
  ),
]
