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
        '95aede4b1bd066ca314d4bd2477cdd9cd45c8c4321910bbe05efd66298407e1f',
        'b7b07a93b5afe181a7bd07fb54328edfcbc8c03a0b8b6db73024dcc94cb1c7c1',
      ],
    ],
    [
      ', everybody closing the same part',
      { deleveraging: 'pro-rata', isVaried: false },
      [
        2442,
        'aba9b88241b6d15fd03202f2ff90e9307a019a31b1d182db22213febed941d87',
        'f2ef5bb791452fbb0f00d2e1e47e9a710b69abb952d898f2c23eefc94d8da7ec',
      ],
    ],
    [
      ', with coins, funding and open-interest scaling',
      { deleveraging: 'queue', isVaried: true },
      [
        1872,
        'a831ad3a1d0a77badcc4fc02a1245c8a52c4d884a548df3c3ee6fb2fae049ac6',
        '5b13c9d6cd819add8b66cd8b275e1634584b78cdfb2e24dadb3057407a447ad0',
      ],
    ],
  ])('ends in the very events and state that it always did%s', (_, house, expected) =>
    expect(crash(300, house)).toEqual(expected),
  )
})
