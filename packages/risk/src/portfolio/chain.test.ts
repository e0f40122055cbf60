import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decimal, toNumber } from '@novation/decimal'
import { valuationOf } from './valuation'

/** A whole option chain of one evening in May 2020, with the venue's own marks and volatilities. */
const path = join(__dirname, '../../../../../shared/data/options/deribit-btc-chain-2020-05-21.csv')
const there = existsSync(path)
if (!there) console.warn(`skipped: ${path} is not there`)
const describeThere = there ? describe : describe.skip

/** Cells of a line in which quoted cells hold commas. */
const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/("[^"]*"|[^,]*)(,|$)/g)].map(([, cell = '']) => cell)

/** How far a mark is from the venue's, in bitcoin. */
const offBy = (names: readonly string[], line: string): number => {
  const cells = cellsOf(line)
  const cell = (name: string): string => cells[names.indexOf(name)] ?? ''
  const forward = decimal(cell('underlying_price'))
  const [expiry_ms, asOf_ms] = [Number(cell('expiration_timestamp')), Number(cell('timestamp'))]
  const strike = decimal(cell('strike'))
  const volatility = { points: [{ strike, volatility: decimal((Number(cell('mark_iv')) / 100).toFixed(6)) }] }
  const surface = { volatility, forward, tau_ms: expiry_ms - asOf_ms }
  const valuation = valuationOf('BTC', {
    index: forward,
    asOf_ms,
    expiries: new Map([[expiry_ms, { forward: { price: forward, index: forward }, surface }]]),
  })
  const optionType = cell('option_type') === 'call' ? 'call' : 'put'
  const mark = valuation.mark({ id: cell('instrument_name'), underlying: 'BTC', expiry_ms, strike, optionType })
  return mark === undefined ? Number.NaN : Math.abs(toNumber(mark) / toNumber(forward) - Number(cell('mark_price')))
}

describeThere('326 options of one evening', () => {
  it('are marked within 0.00025 BTC of the venue, 300 of them within 0.00005', () => {
    const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n')
    const off = lines.map((line) => offBy(cellsOf(header), line))
    expect(off.length).toBe(326)
    expect(off.filter((by) => by <= 0.00025).length).toBe(326)
    expect(off.filter((by) => by <= 0.00005).length).toBeGreaterThanOrEqual(300)
  })
})
