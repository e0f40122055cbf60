import { type Auction, offerOf } from './auction'
import type { Liquidation } from './generated/api'
import { openMarket } from './kit/house'

type Market = Awaited<ReturnType<typeof openMarket>>
let open: Market
beforeAll(async () => {
  open = await openMarket()
})
afterAll(() => open.house.close())

describe('what a bid brings', () => {
  it('is worked out from the terms as the ledger does, whenever it is asked', async () => {
    const { house, pool } = open
    const auction = { start: '0.9', cutoff: '0.6', fastSeconds: 60, slowSeconds: 240, insolventSeconds: 100 }
    await house.happen(['SetPoolParameters', { liquidation: { auction, premium: '0.1' } }, 'operator', 99])
    await house.happen(['StartLiquidation', { account: 'alice' }, 'liquidator', 100])
    const begun = house.book.revision
    // As often as nobody's price grows old.
    const later = [101, 107, 130, 150, 190, 240, 300, 390]
    for (const second of later)
      await house.happen(['PublishPrice', { instrument: 'BTC-PERP', price: '4100' }, 'operator', second])
    await pool.summary({ atLeast: house.book.revision })
    const read = async (at: number) => {
      const answer = await pool.ask('liquidation', { liquidation: 'alice:1', at })
      return { told: answer.data as Liquidation, at: Date.parse(answer.at ?? '') }
    }
    const first = await read(begun)
    const met: string[] = []
    for (let revision = begun; revision <= house.book.revision; revision += 1) {
      const { told, at } = await read(revision)
      if (told.stage !== 'auction') continue
      const found = offerOf(first.told, first.at, at)
      expect([found.elapsed_ms, found.isOver]).toEqual([told.elapsed_ms, false])
      expect(offerOf(told, at, at)).toEqual(found)
      if (told.offer !== undefined) expect(found.discount).toBe(told.offer.discount)
      met.push(found.discount)
    }
    expect(new Set(met).size).toBeGreaterThan(3)
  })

  const auction: Auction = {
    elapsed_ms: 0,
    ends: '2020-03-12T10:10:00.000Z',
    terms: {
      buffer: '0.1',
      fee: '0.005',
      keeperTip: '1',
      keeperShare: '0.5',
      dust: '1',
      premium: '0.1',
      auction: { start: '0.9', cutoff: '0.6', fastSeconds: 60, slowSeconds: 120, insolventSeconds: 30 },
    },
  }

  it.each([
    [0, '0.9', '0', false],
    [20_000, '0.8', '0.066666666666666666', false],
    [60_000, '0.6', '0.1', false],
    [60_001, '0.599995', '0.1', false],
    [120_000, '0.3', '0.1', false],
    [180_000, '0', '0.1', true],
  ])('falls with time: after %i ms %s, and %s for the risk', (ms, discount, premium, isOver) =>
    expect(offerOf(auction, 1_000, 1_000 + ms)).toEqual({ elapsed_ms: ms, discount, premium, isOver }),
  )

  it('stands still where nothing can be dealt in', () => {
    const { ends: _, ...still } = auction
    expect(offerOf({ ...still, elapsed_ms: 20_000 }, 0, 1e12).discount).toBe('0.8')
  })
})
