import type { Place } from '../place'
import type { Shelf } from '../snapshots/shelf'
import { stateBefore } from '../snapshots/state-at'
import { crash, foldOf, runLines, start_ms, storedOf } from '../test-world'
import { accountStory } from './account-story'
import { eventStory } from './event-story'
import { locate } from './locate'
import { pick } from './pick'

const events = runLines(crash)
const ledger = storedOf(events)
const revisionOf = (type: string, nth = 0): number => events.filter((event) => event.type === type)[nth]?.revision ?? -1
const tickAt = (price: string): number =>
  events.find(({ type, data }) => type === 'PriceTick' && data.price === price)?.revision ?? -1

const end = { tag: 'end' } as const
const story = (account: string, revision?: number) =>
  accountStory(ledger, { pool: 'main', account, at: revision === undefined ? end : { tag: 'revision', revision } })

const revisionFor = async (word: string): Promise<number> => {
  const found = await locate(ledger, word, { at: end })
  return found !== undefined && 'revision' in found ? found.revision : -1
}

const read = (from: number) => ledger.slice(from)
const noShelf: Shelf = { labels: () => [], put: async () => undefined, open: () => undefined }
const explained = async (revision: number, at: Place = end) => {
  const found = await eventStory(read, {
    pool: 'main',
    revision,
    at,
    stateAt: async (until) => foldOf(events.slice(0, until + 1)),
  })
  if (found === undefined) throw new Error('no such event')
  return found
}

describe('the story of an account', () => {
  it('says why nothing happens to an account in breach that is not offered for sale', async () => {
    const found = await Promise.all(
      events.map(({ revision }) =>
        accountStory(ledger, { pool: 'main', account: 'alice', at: { tag: 'revision', revision } }),
      ),
    )
    const waits = found.flatMap((one) => (one?.waiting === undefined ? [] : [[one.margin?.status, one.waiting.for]]))
    expect(waits.length).toBeGreaterThan(0)
    for (const [status] of waits) expect(['liquidatable', 'bankrupt']).toContain(status)
    expect(waits.map(([, waiting]) => waiting)).toContain('liquidator')
  })

  it('may begin anywhere: then it is the rest of the whole story, with what stood before it carried', async () => {
    const whole = await story('alice')
    const last = whole?.chapters.at(-1)?.revision ?? -1
    for (let revision = 0; revision <= last; revision += 1) {
      const beginning = await stateBefore(noShelf, 'main', { tag: 'revision', revision }, read)
      if (beginning === undefined) continue
      const from = beginning.revision + 1
      const rest = await accountStory(read(from), { pool: 'main', account: 'alice', at: end, beginning })
      expect(rest?.beginning?.revision).toBe(from - 1)
      expect(rest?.chapters.map(({ revision: told, sentence, status }) => [told, sentence, status])).toEqual(
        whole?.chapters
          .filter((chapter) => chapter.revision >= from)
          .map(({ revision: told, sentence, status }) => [told, sentence, status]),
      )
      expect({ ...rest?.margin, collateral: [], positions: [] }).toEqual({
        ...whole?.margin,
        collateral: [],
        positions: [],
      })
    }
  })

  it('carries what it held, until nothing of that is left', async () => {
    const opened = revisionOf('PositionOpened')
    const beginning = await stateBefore(noShelf, 'main', { tag: 'revision', revision: opened + 1 }, read)
    const from = (beginning?.revision ?? -1) + 1
    const at = { tag: 'revision', revision: from } as const
    const begun = await accountStory(read(from), {
      pool: 'main',
      account: 'alice',
      at,
      ...(beginning === undefined ? {} : { beginning }),
    })
    expect(begun?.beginning?.margin?.collateral).toMatchObject([
      { amount: '1500', from: { count: 0, carried: '1500' } },
    ])
  })

  it('begins after whole commands alone, and nowhere before the first', async () => {
    for (const { revision } of ledger) {
      const found = await stateBefore(noShelf, 'main', { tag: 'revision', revision }, read)
      expect(found?.revision ?? -1).toBeLessThan(revision)
      expect(found === undefined || found.revision === found.groupEnd).toBe(true)
    }
    expect(await stateBefore(noShelf, 'main', { tag: 'start' }, read)).toBeUndefined()
    expect((await stateBefore(noShelf, 'main', end, read))?.revision).toBe(ledger.length - 1)
  })

  it('tells in order what it did, the call, the auction, each fill, and what every layer paid', async () => {
    const types = (await story('alice'))?.chapters.map(({ type }) => type)
    expect(types).toEqual([
      'AccountOpened',
      'CollateralDeposited',
      'TradeCleared',
      'PositionOpened',
      'TradeCleared',
      'PositionIncreased',
      'PriceTick',
      'MarginCall',
      'PriceTick',
      'LiquidationStarted',
      'FundingSettled',
      'Liquidated',
      'AuctionTurned',
      'TimePassed',
      'Deleveraged',
      'LiquidationEnded',
      'InsuranceDrawn',
      'InsuranceDrawn',
      'InsuranceDrawn',
      'LossSocialized',
      'MarginCallMet',
    ])
  })

  it('names the tick that broke the margin, and the numbers with the events they come from', async () => {
    const tick = (await story('alice'))?.chapters.find(({ status }) => status?.after === 'restricted')
    expect(tick).toMatchObject({
      revision: tickAt('920'),
      type: 'PriceTick',
      status: { before: 'healthy', after: 'restricted' },
    })
    expect(tick?.margin).toMatchObject({
      equity: '690',
      initialMargin: '920',
      maintenanceMargin: '460',
      collateral: [
        {
          asset: 'USD',
          amount: '1500',
          from: { count: 1, events: [{ revision: 6, type: 'CollateralDeposited', amount: '1500' }] },
        },
      ],
      positions: [
        {
          instrument: 'BTC-PERP',
          quantity: '10',
          cost: '10000',
          mark: '920',
          unrealizedPnl: '-800',
          accruedFunding: '-10',
          from: {
            trades: {
              count: 2,
              events: [
                { revision: 15, amount: '8' },
                { revision: 21, amount: '2' },
              ],
            },
            mark: { revision: tickAt('920'), type: 'PriceTick', amount: '920' },
            terms: { revision: 1, type: 'InstrumentListed' },
            funding: { revision: revisionOf('FundingPaid'), amount: '1' },
          },
        },
      ],
    })
  })

  it('leads every step of a service back to the command that began it', async () => {
    const chapters = (await story('alice'))?.chapters ?? []
    const causesOf = (type: string) => chapters.find((chapter) => chapter.type === type)?.causes
    expect(causesOf('MarginCall')).toEqual([
      expect.objectContaining({
        revision: tickAt('920'),
        type: 'PriceTick',
        command: { id: 'c-20', type: 'PublishPrice', actor: 'oracle', revision: tickAt('920') },
      }),
    ])
    expect(causesOf('Deleveraged')?.map(({ type }) => type)).toEqual(['TimePassed', 'AuctionTurned'])
    expect(causesOf('Deleveraged')?.at(-1)?.command).toMatchObject({
      type: 'PublishPrice',
      actor: 'oracle',
      revision: tickAt('780'),
    })
  })

  it('ends where it is told to', async () => {
    const found = await story('alice', tickAt('920'))
    expect(found?.chapters.at(-1)?.type).toBe('PriceTick')
    expect(found?.margin?.status).toBe('restricted')
  })

  it('has nothing to tell of an account that never was', async () => {
    expect(await story('nobody')).toBeUndefined()
    expect(await story('alice', 3)).toBeUndefined()
  })

  it('tells of commands about it that were rejected, and of the counterparties of its default', async () => {
    const bob = (await story('bob'))?.chapters ?? []
    expect(bob.find(({ type }) => type === 'CommandRejected')?.sentence).toMatch(
      /^Withdraw c-21 is rejected: insufficient-balance/,
    )
    expect(bob.find(({ type }) => type === 'Deleveraged')?.sentence).toContain('against bob')
  })
})

describe('the story of an event', () => {
  it('names its command, its causes up to an outsider, and the events beside it', async () => {
    const call = await explained(revisionOf('MarginCall'))
    expect(call).toMatchObject({
      event: { type: 'MarginCall' },
      command: { type: 'CallMargin', actor: 'margin' },
      causes: [{ type: 'PriceTick', sentence: 'BTC-PERP is marked at 920', command: { actor: 'oracle' } }],
      margin: { equity: '690', status: 'restricted' },
    })
    expect((await explained(await revisionFor('c-15'))).together.map(({ type }) => type)).toEqual([
      'TradeCleared',
      'PositionOpened',
      'PositionOpened',
    ])
  })

  it('follows its consequences through the services and through time', async () => {
    const { effects } = await explained(tickAt('780'))
    expect(effects.map(({ type, depth }) => `${depth} ${type}`)).toEqual([
      '1 TimePassed',
      '2 Deleveraged',
      '2 LiquidationEnded',
      '3 InsuranceDrawn',
      '3 InsuranceDrawn',
      '3 InsuranceDrawn',
      '3 LossSocialized',
      '3 PoolThawed',
      '4 MarginCallMet',
    ])
  })

  it('ends where it is told to, and does not know what comes after', async () => {
    const at = { tag: 'revision', revision: revisionOf('TimePassed') } as const
    const { effects } = await explained(tickAt('780'), at)
    expect(effects.map(({ type }) => type)).toEqual(['TimePassed'])
    await expect(explained(at.revision + 1, at)).rejects.toThrow('no such event')
    await expect(explained(10_000)).rejects.toThrow('no such event')
  })
})

describe('what a word names', () => {
  it('is an account before anything else', async () => {
    expect(await locate(ledger, 'alice', { at: end })).toEqual({ account: 'alice' })
    expect(await locate(ledger, 'alice', { at: { tag: 'revision', revision: 4 } })).toBeUndefined()
  })

  it('is an event by its revision, by its id, or by the id of its command', async () => {
    expect(await locate(ledger, '15', { at: end })).toEqual({ revision: 15 })
    expect(await locate(ledger, events[15]?.id ?? '', { at: end })).toEqual({ revision: 15 })
    expect(await locate(ledger, 'c-15', { at: end })).toEqual({ revision: revisionOf('TradeCleared') })
  })

  it('is nothing where there is nothing of it up to the place', async () => {
    for (const word of ['nobody', '10000', 'c-9999', 'c-1"'])
      expect(await locate(ledger, word, { at: end })).toBeUndefined()
    const early = { tag: 'time', at: start_ms + 5000 } as const
    expect(await locate(ledger, '15', { at: early })).toBeUndefined()
  })
})

describe('picking events', () => {
  it('reads each that is there, near or far, and leaves out what is not', async () => {
    const far = Array.from({ length: 3000 }, (_, revision) => ({ ...events[0], revision }))
    const reads: number[] = []
    const reading = (from: number) => {
      reads.push(from)
      return storedOf(far.slice(from) as unknown as typeof events)
    }
    const found = await pick(reading, [2, 1, 2, 2500, 9999])
    expect([...found.keys()]).toEqual([1, 2, 2500])
    expect(reads).toEqual([1, 2500, 9999])
  })

  it('reads on where the next is no more than a thousand away', async () => {
    const far = Array.from({ length: 1200 }, (_, revision) => ({ ...events[0], revision }))
    const readsFor = async (revision: number) => {
      const reads: number[] = []
      await pick(
        (from) => {
          reads.push(from)
          return storedOf(far.slice(from) as unknown as typeof events)
        },
        [0, revision],
      )
      return reads
    }
    expect([await readsFor(1000), await readsFor(1001)]).toEqual([[0], [0, 1001]])
  })
})
