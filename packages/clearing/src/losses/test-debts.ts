import { after, alice, bob, carol, dave, list, person, price, type Step, settled, type Wish } from '../kit'

export const frank = person('frank')

/** Next to no margin, so that a position can lose much. */
export const thin = { margin: { model: 'tiered', tiers: [{ initial: '0.01', maintenance: '0.001' }] } } as const

/** Bob has lost so much to erin, and what she has won has stood: it is beyond anybody's reach. */
export const left = (loss: string): readonly (Step | Wish)[] => [
  list('SOL-PERP', thin),
  bob.bought('1 SOL-PERP at 1000 from erin'),
  settled('SOL-PERP', String(1000 - Number(loss))),
  after('1 d'),
]

/** Alice owes 100, all of which bob has won. */
export const owed = [alice.holds('100 USD'), alice.bought('10 BTC-PERP at 100 from bob'), settled('BTC-PERP', '80')]

/**
 * Alice holds a hundred and dave three hundred; they bought ten and thirty at 100, in the instrument that settles at 80:
 * debts of 100 and 300. Bob and carol sold them 25 and 15.
 */
export const debts = (...more: readonly (Step | Wish)[]) => [
  list('ETH-PERP', thin),
  alice.holds('100 USD'),
  dave.holds('300 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  dave.bought('15 BTC-PERP at 100 from bob'),
  dave.bought('15 BTC-PERP at 100 from carol'),
  ...more,
  settled('BTC-PERP', '80'),
]

/** Bob has lost so much of his profit of 500, and carol of hers of 300, to erin. */
export const lost = (bobs: string, carols: string): readonly (Step | Wish)[] => [
  list('SOL-PERP', thin),
  bob.bought('1 ETH-PERP at 1000 from erin'),
  carol.bought('1 SOL-PERP at 1000 from erin'),
  price('ETH-PERP', String(1000 - Number(bobs))),
  price('SOL-PERP', String(1000 - Number(carols))),
  settled('ETH-PERP', String(1000 - Number(bobs))),
  settled('SOL-PERP', String(1000 - Number(carols))),
]
