import type { Page, Place } from './model/place'
import { answerTo, go, goTo, head, isLive, link, place, poolNames } from './model/session'
import { Account } from './pages/account'
import { Accounts } from './pages/accounts'
import { Events, OneEvent } from './pages/events'
import { Liquidations } from './pages/liquidations'
import { Overview } from './pages/overview'
import { Parameters } from './pages/parameters'
import { Prices } from './pages/prices'
import { Verify } from './pages/verify'
import { Waterfall } from './pages/waterfall'
import { To } from './parts/go'
import { SignIn } from './parts/sign-in'
import { Moment, Strip } from './parts/strip'
import { ThemeButton } from './parts/theme'
import { number } from './say/counts'

const titles: Readonly<Record<Page, string>> = {
  overview: 'Overview',
  accounts: 'Accounts',
  liquidations: 'Liquidations',
  waterfall: 'Waterfall',
  prices: 'Prices',
  parameters: 'Parameters',
  events: 'Events',
  verify: 'Verify',
}

const groups: readonly (readonly [string, readonly Page[]])[] = [
  ['Risk', ['overview', 'accounts', 'liquidations', 'waterfall']],
  ['Market', ['prices', 'parameters']],
  ['Evidence', ['events', 'verify']],
]

/** Of what a page lists there are so many at the moment that is looked at. */
const countOf = (page: Page): number | undefined => {
  const { data } = answerTo('summary', {})
  if (page === 'accounts') return data?.accounts
  if (page === 'liquidations') return data?.liquidations
  return page === 'events' && data !== undefined ? data.revision + 1 : undefined
}

const Side = () => (
  <nav class="side" aria-label="Pages">
    <p class="name">Novation</p>
    {groups.map(([name, pages]) => (
      <div key={name}>
        <h2>{name}</h2>
        {pages.map((page) => {
          const many = countOf(page)
          return (
            <To key={page} page={page} isHere={place.value?.page === page}>
              <span>{titles[page]}</span>
              {many === undefined ? null : <span>{number(many)}</span>}
            </To>
          )
        })}
      </div>
    ))}
    <div class="foot">
      <ThemeButton />
    </div>
  </nav>
)

const links = {
  connecting: 'connecting …',
  live: '',
  away: 'The gateway does not answer; what is shown is what was last known.',
  'signed-out': '',
} as const

const Top = () => {
  const here = place.value
  return (
    <header class="top">
      <div class="bar">
        {poolNames.value.length < 2 ? (
          <strong>{here?.pool}</strong>
        ) : (
          <select
            aria-label="Pool"
            value={here?.pool}
            onChange={(event: Event) =>
              go({ pool: (event.currentTarget as HTMLSelectElement).value, page: 'overview' })
            }
          >
            {poolNames.value.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
        <Moment />
        <span class="spacer" />
        <span class="watched" role="status">
          {links[link.value]}
        </span>
        <button type="button" aria-pressed={isLive.value} onClick={() => goTo(undefined, 'step')}>
          {isLive.value ? '● Live' : 'Go live'}
        </button>
      </div>
      <Strip />
    </header>
  )
}

/** The first page says how the house stands, and one of an account who it is about. */
const hasOwnTitle = ({ page, item }: Place): boolean =>
  page === 'overview' || (page === 'accounts' && item !== undefined)

const Shown = () => {
  const { page, item } = place.value ?? { page: 'overview' as Page }
  switch (page) {
    case 'overview':
      return <Overview />
    case 'accounts':
      return item === undefined ? <Accounts /> : <Account account={item} />
    case 'liquidations':
      return <Liquidations />
    case 'waterfall':
      return <Waterfall />
    case 'prices':
      return <Prices />
    case 'parameters':
      return <Parameters />
    case 'events':
      return item === undefined ? <Events /> : <OneEvent event={item} />
    case 'verify':
      return <Verify />
  }
}

export const App = () => {
  if (link.value === 'signed-out') return <SignIn />
  if (place.value === undefined || head.value === undefined)
    return (
      <main>
        <p class="empty" role="status">
          {link.value === 'away'
            ? 'The gateway does not answer; this page goes on asking.'
            : 'Asking the gateway which pools there are …'}
        </p>
      </main>
    )
  return (
    <div class="shell">
      <a class="skip" href="#shown">
        Skip to the page
      </a>
      <Side />
      <div>
        <Top />
        <main id="shown">
          {hasOwnTitle(place.value) ? null : <h1 class="unseen">{titles[place.value.page]}</h1>}
          <Shown />
        </main>
      </div>
    </div>
  )
}
