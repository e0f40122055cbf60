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
    backstop: 'backstop',
    deviation: '10',
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
        1663,
        'b13bf325494e92cafe960a3c913816acadf7f89cac6b5f0e9d42c1c8c7a2fa6a',
        'f32b1e9df44bb0d12bbbcb50cb5b41f440d831958c153513954e0c9b6277d7bd',
      ],
    ],
    [
      ', everybody closing the same part',
      { deleveraging: 'pro-rata', isVaried: false },
      [
        2673,
        'b06979746d855ce3e19e922a3a9b8480d1260efd28b83123625b43559770e193',
        'f88b61941f99fc0c09fdab3b5da1f808e18945010e0436a478ce61767f1d64f0',
      ],
    ],
    [
      ', with coins, funding and open-interest scaling',
      { deleveraging: 'queue', isVaried: true },
      [
        2439,
        '5efa7da4c4213aff2f17d81325f03d63125c4e0dd76da63974d2fc73ed31826d',
        '24b075d34a9715cbe7452eb4fd95f125fd2d3a0eadff3997c07742d3e96c41c9',
      ],
    ],
  ])('ends in the very events and state that it always did%s', (_, house, expected) =>
    expect(crash(300, house)).toEqual(expected),
  )
})
