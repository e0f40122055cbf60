import { emptyPool, stateHash } from '@novation/clearing'
import type { Command, CommandType } from '@novation/events'
import { advance, startMesh } from '@novation/platform'
import { numbersFrom } from './kit/numbers'
import { serviceReactors } from './reactors'

const start = Date.parse('2024-01-01T00:00:00Z')
const marks = { 'BTC-PERP': 40_000, 'ETH-PERP': 2_500 }
const tiers = [
  { upTo: '100000', initial: '0.05', maintenance: '0.03' },
  { initial: '0.1', maintenance: '0.05' },
]

/** How the layers and the margins of a crash are, where they are not as everywhere. */
interface House {
  readonly deleveraging: 'queue' | 'pro-rata'
  /** Every third trader has put in coins too, and the second instrument's margin rises with open interest. */
  readonly isVaried: boolean
}

/** So many traders, half of them long, when every price falls by three tenths: until nobody is left to be dealt with. */
const crash = (traders: number, { deleveraging, isVaried }: House) => {
  const book = emptyPool('main')
  const mesh = startMesh(book, serviceReactors(book))
  let count = 0
  const ask = (second: number, type: CommandType, data: object): void => {
    count += 1
    const command = { id: `c${count}`, type, pool: 'main', actor: 'operator', data } as Command
    advance(mesh, command, start + second * 1000, 1_000_000)
  }
  const number = numbersFrom(7)
  ask(0, 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true })
  if (isVaried) {
    ask(0, 'RegisterAsset', { asset: 'COIN', decimals: 6, haircut: '0.1' })
    ask(0, 'PublishPrice', { asset: 'COIN', price: '10' })
  }
  for (const instrument of Object.keys(marks)) {
    const scaled = isVaried && instrument === 'ETH-PERP'
    const openInterestScaling = { lower: '10000', upper: '9000000' }
    const margin = { model: 'tiered', tiers, ...(scaled ? { openInterestScaling } : {}) }
    ask(0, 'ListInstrument', { instrument, kind: 'perpetual', settlementAsset: 'USD', lot: '0.001', margin })
  }
  ask(0, 'SetPoolParameters', {
    priceTolerance_s: 864_000,
    wear_s: 864_000,
    waterfall: { skinInTheGame: '1000', deleveraging },
  })
  ask(0, 'FundInsurance', { asset: 'USD', amount: String(traders * 20) })
  ask(0, 'FundInsurance', { asset: 'USD', amount: String(traders * 2), tranche: 'skin-in-the-game' })
  for (const [instrument, price] of Object.entries(marks)) ask(0, 'PublishPrice', { instrument, price: String(price) })
  ask(0, 'OpenAccount', { account: 'backstop' })
  ask(0, 'Deposit', { account: 'backstop', asset: 'USD', amount: String(traders * 5) })
  for (let i = 0; i < traders; i += 1) {
    ask(0, 'OpenAccount', { account: `a${i}` })
    ask(0, 'Deposit', { account: `a${i}`, asset: 'USD', amount: (1000 / (1.5 + 8 * number() ** 2)).toFixed(2) })
    if (isVaried && i % 3 === 0) ask(0, 'Deposit', { account: `a${i}`, asset: 'COIN', amount: '5.5' })
  }
  for (let i = 0; i + 1 < traders; i += 2) {
    const [instrument, price] = Object.entries(marks)[Math.floor(number() * 2)] ?? ['BTC-PERP', marks['BTC-PERP']]
    const sides = { buyer: `a${i}`, seller: `a${i + 1}` }
    const deal = { quantity: (1000 / price).toFixed(3), price: String(price) }
    ask(0, 'ClearTrade', { trade: `t${i}`, instrument, ...sides, ...deal })
  }
  for (const second of [10, 60, 300, 700, 1300, 1900, 2200, 2300, 2400, 3000, 6000, 10_000]) {
    for (const [instrument, price] of Object.entries(marks))
      ask(second, 'PublishPrice', { instrument, price: (price * 0.7).toFixed(2) })
    if (isVaried) ask(second, 'PublishPrice', { asset: 'COIN', price: (10 - second / 5000).toFixed(3) })
    if (isVaried) ask(second, 'PayFunding', { instrument: 'BTC-PERP', rate: '0.0003' })
  }
  return [book.revision, book.head, stateHash(book)]
}

// The heads of the core that was there before: whoever changes a rule, or how an event is written, sees it here.
describe('a crash of hundreds of accounts, down to the last layer of the waterfall', () => {
  it.each<[string, House, readonly [number, string, string]]>([
    [
      '',
      { deleveraging: 'queue', isVaried: false },
      [
        1638,
        '8bee7fdf0437ac4433b7ea2b169e58eb825999e5ea6ab7a2985997e28401739e',
        '76d2f20ed45941f576e2b49932334930d07d8660dd2e35a7105730f0a057de37',
      ],
    ],
    [
      ', everybody closing the same part',
      { deleveraging: 'pro-rata', isVaried: false },
      [
        2442,
        '0e841c54903306eceed78958792cce8b85859d8a27dc687740023137f804f223',
        '0b2ec9d3a02b21f2c458e8a97e600cdea498e501d9b5b3b067aa08394d014af9',
      ],
    ],
    [
      ', with coins, funding and open-interest scaling',
      { deleveraging: 'queue', isVaried: true },
      [
        1872,
        '48ca3171fb41ef0133a18e64dd4f903567cbb78e131e1c47612fb3371628eeac',
        'bcbc98332dbb6ba940040825911d9482261cd451b40091fc6fd646876a65a150',
      ],
    ],
  ])('ends in the very events and state that it always did%s', (_, house, expected) =>
    expect(crash(300, house)).toEqual(expected),
  )
})
