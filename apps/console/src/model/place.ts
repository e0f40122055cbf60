/** Where in the console somebody is: a pool, a page, what is looked at there, and at which moment. */
export interface Place {
  readonly pool: string
  readonly page: Page
  /** An account, an event: what the page is about, where it is about one thing. */
  readonly item?: string
  /** A revision; the present where it is left out. */
  readonly at?: number
  /** What a list is narrowed to. */
  readonly filter?: string
}

export const pages = [
  'overview',
  'accounts',
  'liquidations',
  'waterfall',
  'prices',
  'parameters',
  'events',
  'differences',
  'what-if',
  'verify',
  'services',
  'jobs',
  'commands',
] as const
export type Page = (typeof pages)[number]

const isPage = (word: string | undefined): word is Page => pages.some((page) => page === word)

const revisionIn = (word: string | null): number | undefined =>
  word !== null && /^\d{1,15}$/.test(word) ? Number(word) : undefined

/** Browsers resolve `.` and `..` in a path, so names that are these stand there behind a tilde. */
const spelled = (name: string): string => (/^\.{1,2}$/.test(name) ? `~${name}` : encodeURIComponent(name))
const spoken = (word: string): string => decodeURIComponent(word).replace(/^~(?=\.{1,2}$)/, '')

/** Reads an address: `/pools/main/accounts/alice?at=12566`. Undefined where it names no pool; an unknown page is the first. */
export const placeOf = (path: string, query: string): Place | undefined => {
  const [root, pool, page, item] = path.split('/').filter(Boolean).map(spoken)
  if (root !== 'pools' || pool === undefined) return undefined
  const search = new URLSearchParams(query)
  const [at, filter] = [revisionIn(search.get('at')), search.get('filter') ?? undefined]
  return {
    pool,
    page: isPage(page) ? page : 'overview',
    ...(isPage(page) && item !== undefined ? { item } : {}),
    ...(at === undefined ? {} : { at }),
    ...(filter === undefined ? {} : { filter }),
  }
}

/** The address of a place: whoever opens it elsewhere sees the same. */
export const addressOf = ({ pool, page, item, at, filter }: Place): string => {
  const path = [
    'pools',
    pool,
    ...(page === 'overview' && item === undefined ? [] : [page]),
    ...(item === undefined ? [] : [item]),
  ]
  const search = new URLSearchParams({
    ...(at === undefined ? {} : { at: String(at) }),
    ...(filter === undefined ? {} : { filter }),
  })
  const query = search.size === 0 ? '' : `?${search}`
  return `/${path.map(spelled).join('/')}${query}`
}

/** The same page at another moment; another page at the same one. */
export const moved = ({ at: _, ...place }: Place, at: number | undefined): Place =>
  at === undefined ? place : { ...place, at }

export const turned = ({ pool, at }: Place, page: Page, item?: string): Place => ({
  pool,
  page,
  ...(item === undefined ? {} : { item }),
  ...(at === undefined ? {} : { at }),
})
