import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Decimal, format, sum } from '@novation/decimal'
import { alice, all, bob, carol, dave, list, listOption, marketWorld, optionMarket, prepare, price } from '../kit'
import { healthOf } from '../state/health'
import type { Health } from '../state/pool'

const page = readFileSync(join(__dirname, '../../../../docs/portfolio-margin.md'), 'utf8')

const bookOf = (margin: 'cross' | 'portfolio'): Health => {
  const { pool } = prepare(marketWorld, [
    optionMarket,
    listOption('HIGH', '110 call'),
    list('BTC-USD-PERP', { underlying: 'BTC' }),
    price('BTC-USD-PERP', '100'),
    alice.opens(margin),
    all(alice.holds('200 USD'), bob.holds('1000 USD'), carol.holds('1000 USD'), dave.holds('1000 USD')),
    alice.buys('1 BTC-USD-PERP at 100 from dave'),
    alice.sells('2 CALL at 7.6 to bob'),
    alice.buys('2 HIGH at 4 from carol'),
  ])
  const account = pool.accounts.get('alice')
  if (account === undefined) throw new Error('alice has no account')
  return healthOf(pool, account)
}

describe('the worked book of the page on portfolio margin', () => {
  const [alone, together] = [bookOf('cross'), bookOf('portfolio')]
  const contributions = together.portfolio?.contributions ?? new Map<string, Decimal>()
  const row = (...cells: readonly string[]) => expect(page).toContain(`| ${cells.join(' | ')} |`.replace(/ +/g, ' '))

  it.each(alone.positions.map((position) => [position.instrument.id, position] as const))(
    'shows what %s requires alone, and what it makes of the whole',
    (id, { quantity, mark, value, initial, maintenance }) =>
      row(id, ...[quantity, mark, value, initial, maintenance].map(format), format(contributions.get(id) ?? sum([]))),
  )

  it('shows what all of it requires either way', () => {
    row('all', '', '', '', format(alone.initial), format(alone.maintenance), '')
    row(
      'as a portfolio',
      '',
      '',
      '',
      format(together.initial),
      format(together.maintenance),
      format(sum([...contributions.values()])),
    )
  })

  it('names what binds', () => {
    const [btc] = together.portfolio?.requirement?.underlyings ?? []
    expect(btc?.binding.kind === 'row' && `\`${format(btc.binding.move)} ${btc.binding.volatility}\``).toBe('`0.84 up`')
    expect(page).toContain('`0.84 up`')
    expect(page).toContain(`The scan of ${format(together.portfolio?.requirement?.scan ?? sum([]))} times 0.8`)
  })
})
