import type { Page, Place } from './model/place'
import { head, link, place } from './model/session'
import { Account } from './pages/account'
import { Accounts } from './pages/accounts'
import { Events, OneEvent } from './pages/events'
import { Liquidations } from './pages/liquidations'
import { Overview } from './pages/overview'
import { Parameters } from './pages/parameters'
import { Prices } from './pages/prices'
import { Verify } from './pages/verify'
import { Waterfall } from './pages/waterfall'
import { Side, titles } from './parts/side'
import { SignIn } from './parts/sign-in'
import { Top } from './parts/top'

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
