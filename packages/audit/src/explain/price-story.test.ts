import type { LedgerEvent } from '@novation/events'
import type { Shelf } from '../snapshots/shelf'
import { quotedLines, runSigned } from '../test-signed'
import { storedOf } from '../test-world'
import { explain } from './explain'

const events = runSigned(quotedLines())
const noShelf: Shelf = { labels: () => [], put: async () => undefined, open: () => undefined }

const told = async (word: string, of: readonly LedgerEvent[] = events) => {
  const ledger = storedOf(of)
  const found = await explain((from) => ledger.slice(from), noShelf, word, { pool: 'main', at: { tag: 'end' } })
  if (found?.of !== 'event') throw new Error(`${word} is no event`)
  return found.story
}

const revisionOf = (type: string): string => `${events.find((event) => event.type === type)?.revision}`

describe('a price that sources have signed', () => {
  it('names each of their quotes, where it was taken, and whether its signature holds', async () => {
    const { price } = await told(revisionOf('IndexTicked'))
    const taken = Number(revisionOf('QuotesTaken'))
    expect(price?.quorum).toBe(4)
    expect(price?.ignored).toEqual([])
    expect(
      price?.quotes.map(({ source, counts, off, left, said }) => [
        source,
        counts,
        off,
        left,
        said?.price,
        said?.revision,
        said?.holds,
      ]),
    ).toEqual(
      ['100', '100.01', '100.02', '100.03', '100.04'].map((said, i) => [
        `q${i + 1}`,
        'full',
        false,
        undefined,
        said,
        taken,
        true,
      ]),
    )
  })

  it('is found by the name of its index', async () => {
    const { event } = await told('BTC-USD')
    expect(`${event.revision}`).toBe(revisionOf('IndexTicked'))
  })

  it('says of a quote whose key does not speak for its source, as somebody wrote it into the ledger, that it does not hold', async () => {
    const forged = events.map((event) => {
      const { command } = event.metadata
      if (command?.type !== 'PublishQuotes') return event
      const [first, second, ...rest] = command.data.quotes
      if (first === undefined || second === undefined) throw new Error('no quotes')
      const quotes = [{ ...first, signature: second.signature }, second, ...rest]
      return { ...event, metadata: { ...event.metadata, command: { ...command, data: { quotes } } } } as LedgerEvent
    })
    const { price } = await told(revisionOf('IndexTicked'), forged)
    expect(price?.quotes.map(({ said }) => said?.holds)).toEqual([false, true, true, true, true])
  })

  it('is told of no other event', async () => {
    expect((await told(revisionOf('QuotesTaken'))).price).toBeUndefined()
    expect((await told(revisionOf('IndexSet'))).price).toBeUndefined()
  })
})
