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
        1634,
        'a25e1f1a0969e8c0bfebae50143dbf76c7af4f95af1e47f7fbd5ec1cadba7a25',
        '1d30205e71ae8b87a9849a536e2e24a406fe559c7bc829abdc8323030273d197',
      ],
    ],
    [
      ', everybody closing the same part',
      { deleveraging: 'pro-rata', isVaried: false },
      [
        2438,
        '2cf6baabf0bb84feed5536c0c0d300c97d50663232207319a700dabe6b9a0ca1',
        'a120668c0093864c60d17b3fc0daf64a5b69fc2454df054aae32652541992c66',
      ],
    ],
    [
      ', with coins, funding and open-interest scaling',
      { deleveraging: 'queue', isVaried: true },
      [
        1849,
        '8f08e45b806277a20fc3642b2168a1680d0af1031d78784b522f8f9fd7992d2a',
        'c5a7779a1ae04a582934c0bacba4dc281135d3a065c05378f0ec29977f22b644',
      ],
    ],
  ])('ends in the very events and state that it always did%s', (_, house, expected) =>
    expect(crash(300, house)).toEqual(expected),
  )
})
