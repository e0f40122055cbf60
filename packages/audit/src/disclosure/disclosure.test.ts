import { crash, runLines, storedOf } from '../test-world'
import { disclosure } from './disclosure'
import type { DisclosureOptions } from './observed'

const events = runLines(crash)
const ledger = storedOf(events)
const tickAt = (price: string): number =>
  events.find(({ type, data }) => type === 'PriceTick' && data.price === price)?.revision ?? -1

const disclosed = async (more: Partial<DisclosureOptions> = {}) => {
  const found = await disclosure(ledger, { pool: 'main', to: { tag: 'end' }, stress: '0.1', interval_s: 1, ...more })
  if (found === undefined) throw new Error('no events')
  return Object.fromEntries(found.figures.map(({ reference, value }) => [reference, value]))
}

describe('the public quantitative disclosure', () => {
  it('tells the default resources apart by who pays before whom', async () => {
    const figures = await disclosed({ to: { tag: 'revision', revision: 13 } })
    expect(figures).toMatchObject({ '4.1.1': '50', '4.1.3': '50', '4.1.6': '500', '4.3.15': '600' })
  })

  it('stresses the worst account by a move of every mark', async () => {
    // alice is long 10 with equity 690 at 920: a fall by a tenth takes 920, which leaves 230 beyond her collateral.
    const figures = await disclosed({ to: { tag: 'revision', revision: tickAt('920') + 1 } })
    expect(figures['4.4.3']).toMatchObject({ peak: '230' })
    expect(figures['4.4.4']).toBe(0)
    expect(figures['4.4.6']).toEqual({ average: '0', peak: '0' })
  })

  it('tells the actual exposure of a default, and when the resources did not reach', async () => {
    const figures = await disclosed()
    expect(Number((figures['4.4.6'] as { peak: string }).peak)).toBeGreaterThan(1000)
    expect(figures['4.4.4']).toBeGreaterThan(0)
  })

  it('holds the initial margin of each sample against the loss until the next', async () => {
    // From 920 to 890 alice loses 300 against 920; from 890 to 780 what is left of her loses 847 against 685.
    const figures = await disclosed({ to: { tag: 'revision', revision: tickAt('780') } })
    expect(figures['6.5.1']).toBeGreaterThan(0)
    expect(figures['6.5.3']).toBeGreaterThan(5)
    expect(Number(figures['6.5.4'])).toBeLessThan(100)
    expect((await disclosed({ to: { tag: 'revision', revision: tickAt('890') } }))['6.5.4']).toBe('100')
  })

  it('counts as variation margin what losing positions lost over the day', async () => {
    // Up to the tick at 920: alice loses 810 with her funding, carol 241 on 2 at 1001 and 1 at 999 and 2 of funding.
    const figures = await disclosed({ to: { tag: 'revision', revision: tickAt('920') } })
    expect(figures['6.6']).toBe('1053')
    expect(figures['6.7']).toBe('1053')
  })

  it('tells how much the largest five hold', async () => {
    expect(await disclosed()).toMatchObject({
      '18.1': { accounts: 4, withPositions: 3 },
      '18.2': { peak: '100' },
      '18.3': { peak: '100' },
    })
  })

  it('says nothing of a period without events', async () => {
    await expect(disclosed({ from: { tag: 'revision', revision: 9999 } })).rejects.toThrow('no events')
  })
})
