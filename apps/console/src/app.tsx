import { addressOf, type Page, type Place } from './model/place'
import { head, link, place, poolNames } from './model/session'
import { Overview } from './pages/overview'
import { onDemand } from './parts/on-demand'
import { Side, titles } from './parts/side'
import { SignIn } from './parts/sign-in'
import { Top } from './parts/top'

/** Pages beyond the first are loaded when somebody goes there. */
const Account = onDemand(() => import('./pages/account').then((page) => page.Account))
const Accounts = onDemand(() => import('./pages/accounts').then((page) => page.Accounts))
const Commands = onDemand(() => import('./pages/commands').then((page) => page.Commands))
const Differences = onDemand(() => import('./pages/differences').then((page) => page.Differences))
const Events = onDemand(() => import('./pages/events').then((page) => page.Events))
const OneEvent = onDemand(() => import('./pages/events').then((page) => page.OneEvent))
const Jobs = onDemand(() => import('./pages/jobs').then((page) => page.Jobs))
const Liquidations = onDemand(() => import('./pages/liquidations').then((page) => page.Liquidations))
const Parameters = onDemand(() => import('./pages/parameters').then((page) => page.Parameters))
const Prices = onDemand(() => import('./pages/prices').then((page) => page.Prices))
const Services = onDemand(() => import('./pages/services').then((page) => page.Services))
const Verify = onDemand(() => import('./pages/verify').then((page) => page.Verify))
const Waterfall = onDemand(() => import('./pages/waterfall').then((page) => page.Waterfall))
const WhatIf = onDemand(() => import('./pages/what-if').then((page) => page.WhatIf))

/** The first page says how the house stands, and one of an account or an event what it is about. */
const hasOwnTitle = ({ page, item }: Place): boolean =>
  page === 'overview' || ((page === 'accounts' || page === 'events') && item !== undefined)

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
    case 'differences':
      return <Differences key={item ?? ''} from={item} />
    case 'what-if':
      return <WhatIf />
    case 'verify':
      return <Verify />
    case 'services':
      return <Services />
    case 'jobs':
      return <Jobs />
    case 'commands':
      return <Commands type={item} />
  }
}

/** What there is to say before anything of a pool is known. */
const before = {
  connecting: 'Asking the gateway which pools there are …',
  live: 'Asking the gateway how the pool stands …',
  away: 'The gateway does not answer; this page goes on asking.',
  empty: 'Nothing has happened in this pool yet; this page goes on looking.',
  'no-pool': 'There is no such pool here.',
  'not-permitted': 'Whoever this token is of may not see this pool.',
  'signed-out': '',
} as const

const Before = () => (
  <main>
    <p class="empty" role="status">
      {before[link.value]}
    </p>
    {link.value === 'no-pool'
      ? poolNames.value.map((pool) => (
          <a key={pool} href={addressOf({ pool, page: 'overview' })}>
            {pool}
          </a>
        ))
      : null}
  </main>
)

export const App = () => {
  if (link.value === 'signed-out') return <SignIn />
  if (place.value === undefined || head.value === undefined) return <Before />
  return (
    <div class="shell">
      <a class="skip" href="#shown">
        Skip to the page
      </a>
      <Side />
      <div class="sheet">
        <Top />
        <main id="shown">
          {hasOwnTitle(place.value) ? null : <h1 class="title">{titles[place.value.page]}</h1>}
          <Shown />
        </main>
      </div>
    </div>
  )
}
