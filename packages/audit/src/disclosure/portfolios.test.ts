import { optioned } from '../test-options'
import { calm, type Line, runLines, storedOf } from '../test-world'
import { disclosure } from './disclosure'

const disclosed = async (lines: readonly Line[]): Promise<Readonly<Record<string, unknown>>> => {
  const ledger = storedOf(runLines(lines, () => []))
  const found = await disclosure(ledger, { pool: 'main', to: { tag: 'end' }, stress: '0.1', interval_s: 3600 })
  return Object.fromEntries((found?.figures ?? []).map(({ name, value }) => [name, value]))
}

describe('portfolio margin (6.4)', () => {
  it('tells what offsets took off, and which state binds', async () => {
    expect(await disclosed(optioned)).toMatchObject({
      portfolioOffset: { accounts: 1, offset: '0' },
      portfolioBinding: { 'BTC 1.16 up': 1 },
    })
  })

  it('counts in the back-test what an option has lost, of which nobody told a price', async () => {
    const risen: readonly Line[] = [
      ...optioned,
      [102, 'SetPoolParameters', { deviation: '1' }],
      [3700, 'PublishPrice', { asset: 'BTC', price: '1500' }],
      [7300, 'PublishPrice', { asset: 'BTC', price: '1500' }],
    ]
    const [before, after] = await Promise.all([optioned, risen].map((lines) => disclosed(lines)))
    expect(before?.backtestBreaches).toBe(0)
    expect(after?.backtestBreaches).toBe(1)
  })

  it('says nothing of it where nobody holds any', async () => {
    expect(await disclosed(calm)).not.toHaveProperty('portfolioOffset')
  })
})
