import type { Bus, EventStore, Scheduler } from '@novation/platform'
import type { Doorkeeper } from './access/doorkeeper'
import type { Places } from './access/places'
import type { Rates } from './access/rates'
import type { Waiting } from './commands/waiting'
import type { Feeds } from './feeds/feeds'
import type { Pages } from './feeds/pages'
import type { Heads } from './heads'
import type { Jobs } from './jobs/keep-jobs'
import type { AskPast } from './moments/ask-past'
import type { Pulse } from './pulse'
import type { Site } from './site'

/** Everything that answers are made of. */
export interface Gateway {
  readonly heads: Heads
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly askPast: AskPast
  readonly waiting: Waiting
  readonly door: Doorkeeper
  readonly rates: Rates
  readonly places: Places
  readonly pages: Pages
  readonly feeds: Feeds
  readonly jobs: Jobs
  readonly pulse: Pulse
  /** The file of what was signed of the ledgers, as it is now. */
  readonly checkpoints: () => Promise<string>
  /** Where else than on this machine it may be asked for: `https://clearing.example`. */
  readonly origins: readonly string[]
  /** Sites whose pages may ask and send here, with a token that they bring along. */
  readonly cors: readonly string[]
  /** What a browser is shown; nothing where there is none. */
  readonly site: Site | undefined
}
