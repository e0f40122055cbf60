/** What may be traded, and what each really costs: everything that somebody makes of a price ends there again. */
export const truth = { 'BTC-PERP': 100, SPREAD: 2 } as const

/** What a coin really costs. */
export const coinTruth = 10

export type Traded = keyof typeof truth

/** Options on what BTC-PERP follows, where a raid has any: their price is pushed with its. */
export const series = ['CALL', 'PUT'] as const

export type Series = (typeof series)[number]

/** Accounts of the one owner that may be left owing, and of a friend who never is. */
export const raiders = ['x1', 'x2', 'x3'] as const
export const friend = 'y1'

type Own = (typeof raiders)[number]
export type Anybody = Own | typeof friend

/** One thing that an attacker does. */
export type Act =
  /** The price of the one market that can be moved, so far from the truth, as a share of what shares of it are of. */
  | { readonly do: 'push'; readonly by: number }
  /** The price of the coin, as a multiple of what it really costs. */
  | { readonly do: 'pump'; readonly to: number }
  /** As much as is taken, up to a share of what one jump could cost him, between two of his accounts, so far from the mark. */
  | {
      readonly do: 'trade'
      readonly between: readonly [Anybody, Anybody]
      readonly share: number
      readonly off: number
      /** In options, where it is not in the market that can be moved. */
      readonly of?: Series
    }
  /** The other way round, of all that both hold. */
  | { readonly do: 'close'; readonly between: readonly [Anybody, Anybody]; readonly off: number; readonly of?: Series }
  /** All gains and losses that are not cash yet become that. */
  | { readonly do: 'settle' }
  | { readonly do: 'pay'; readonly into: Anybody; readonly coins: boolean; readonly amount: number }
  | { readonly do: 'take'; readonly from: Anybody; readonly coins: boolean; readonly share: number }
  | { readonly do: 'bid'; readonly by: Anybody; readonly share: number }
  | { readonly do: 'wait'; readonly minutes: number }

/** A raid: which market is pushed, and what is done, in turn. */
export interface Raid {
  readonly options?: boolean
  readonly market: Traded
  readonly acts: readonly Act[]
}
