import { madeDay } from './made-day'

describe('the made day', () => {
  const day = madeDay(1)
  const btc = day.moments.map(({ prices }) => Number(prices['BTC-PERP']))

  it('begins at the published open and falls to the published bottom, at a quarter past two', () => {
    expect(day.moments[0]).toMatchObject({ at: Date.parse('2020-03-12T00:00:00Z'), prices: { 'BTC-PERP': '7938.00' } })
    expect(day.moments[1576]).toMatchObject({
      at: Date.parse('2020-03-13T02:16:00Z'),
      prices: { 'BTC-PERP': '3621.00' },
    })
    expect(Math.min(...btc)).toBeGreaterThan(3500)
    expect(Math.max(...btc)).toBeLessThan(8100)
  })

  it('has a price of every instrument every minute, in its places', () => {
    expect(day.moments).toHaveLength(1680)
    day.moments.forEach(({ at, prices }, minute) => {
      expect(at).toBe(Date.parse('2020-03-12T00:00:00Z') + minute * 60_000)
      for (const { instrument, places } of Object.values(day.market))
        expect(prices[instrument]).toMatch(new RegExp(`^[1-9]\\d*\\.\\d{${places}}$`))
    })
  })

  it('is the same for the same seed, and another between the anchors for another', () => {
    expect(madeDay(1)).toEqual(day)
    const other = madeDay(2).moments.map(({ prices }) => Number(prices['BTC-PERP']))
    expect(other[1576]).toBe(btc[1576])
    expect(other.filter((price, minute) => price === btc[minute]).length).toBeLessThan(100)
  })
})
