import { type LedgerEvent, topics } from '@novation/events'
import type { World } from './world'

type Data<K extends LedgerEvent['type']> = Extract<LedgerEvent, { type: K }>['data']

const ofFill = ({ bidder, solvent, closed }: Data<'Liquidated'>): readonly string[] => [
  solvent ? 'bid for a solvent account' : 'bid for an insolvent account',
  ...(bidder === 'backstop' ? ['bid by the backstop'] : []),
  ...(closed.length > 1 ? ['several positions taken over at once'] : []),
]

/** What an event is an instance of: the things that a storm must come to, or it shows nothing about them. */
const namesOf = (event: LedgerEvent): readonly string[] => {
  switch (event.type) {
    case 'CommandRejected':
      return [`rejected: ${event.data.code}`]
    case 'Liquidated':
      return ofFill(event.data)
    case 'LiquidationStarted':
      return [event.data.solvent ? 'auction of a solvent account' : 'auction of an insolvent account']
    case 'LiquidationEnded':
      return [`liquidation ended: ${event.data.reason}`]
    case 'InsuranceDrawn':
      return [`${event.data.layer} drawn: ${event.data.purpose}`]
    case 'Deleveraged':
      return [
        event.data.share === '0' ? 'deleveraged at the mark' : 'deleveraged with a share',
        `deleveraged in class ${event.data.class}`,
      ]
    case 'LossSocialized':
      return [event.data.uncovered === '0' ? 'loss socialised in whole' : 'loss left uncovered']
    case 'TimePassed':
      return event.data.due.map(({ what }) => `time passed: ${what}`)
    case 'BulkEnded':
      return [`in parts: ${event.data.what}`]
    default:
      return [event.type]
  }
}

/** How often a world came to what. */
export const reachedIn = (world: World): ReadonlyMap<string, number> => {
  const reached = new Map(world.occasions)
  const count = (name: string): void => void reached.set(name, (reached.get(name) ?? 0) + 1)
  for (const ledger of world.ledgers.values())
    for (const event of ledger.events()) for (const name of namesOf(event)) count(name)
  for (const record of world.bus.records(topics.deadLetters).flat()) count(`dead letter: ${record.headers.dead_reason}`)
  return reached
}
