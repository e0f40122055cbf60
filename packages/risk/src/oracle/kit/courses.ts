import type { IndexSource } from '../index-terms'

/** The defaults of an index, where amounts are texts. */
export const usual = {
  places: 2,
  freshness_ms: 30_000,
  tolerance_ms: 60_000,
  deviation: '0.05',
  confirm_ms: 3000,
  confirmMost_ms: 300_000,
  conversionSpread: '0.01',
  slow_ms: 15_000,
  off: '0.005',
  offSpreads: '5',
  offShare: '0.01',
  epoch_ms: 3_600_000,
}

/** The terms of an index that a course names; the others have their defaults. */
export interface CourseIndex extends Partial<typeof usual> {
  /** `BASE-CURRENCY`. */
  readonly index: string
  readonly quorum: number
  readonly sources: readonly IndexSource[]
  readonly conversions?: Readonly<Record<string, string>>
  readonly band?: { readonly index: string; readonly low: string; readonly high: string }
}

/** One command with quotes: which of them are not taken, and what becomes of each index that took some. */
export interface CourseRound {
  /** A time of 2023-03-11. */
  readonly at: string
  /**
   * `BASE/CURRENCY: prices`: of s1, s2, … observed 200, 210, … ms before; or `source time price`, with `+-` what it says of
   * its confidence, and `forged` where its signature is not its own.
   */
  readonly quotes: readonly string[]
  readonly ignored?: readonly string[]
  readonly equivocated?: readonly string[]
  readonly expect: readonly string[]
}

export interface Course {
  readonly name: string
  /** In the order in which they are decided. */
  readonly indices: readonly CourseIndex[]
  readonly rounds: readonly CourseRound[]
}

/** A quote as a course says it. */
export interface CourseQuote {
  readonly source: string
  readonly base: string
  readonly currency: string
  readonly at: number
  readonly price: string
  readonly confidence?: string
  readonly forged?: boolean
}

export const alike = (count: number): readonly IndexSource[] =>
  Array.from({ length: count }, (_, i) => ({ source: `s${i + 1}`, weight: 1 }))

/** `name*weight/currency`, one after the other. */
export const from = (text: string): readonly IndexSource[] =>
  text.split(' ').map((each) => {
    const [source = '', weight = '', currency] = each.split(/[*/]/)
    return { source, weight: Number(weight), ...(currency === undefined ? {} : { currency }) }
  })

const day = '2023-03-11'

export const timeOf = (text: string): number => Date.parse(`${day}T${text}Z`)
export const textOf = (time: number): string => new Date(time).toISOString().slice(11, -1)

export const quotesOf = ({ at, quotes }: CourseRound): readonly CourseQuote[] =>
  quotes.flatMap((group) => {
    const [market = '', said = ''] = group.split(': ')
    const [base = '', currency = ''] = market.split('/')
    const alone = !said.includes(':')
    return said.split(alone ? ' ' : ', ').map((each, i): CourseQuote => {
      if (alone) return { source: `s${i + 1}`, base, currency, at: timeOf(at) - 200 - 10 * i, price: each }
      const [source = '', time = '', price = '', ...more] = each.split(' ')
      const confidence = more.find((word) => word.startsWith('+-'))?.slice(2)
      return {
        source,
        base,
        currency,
        at: timeOf(time),
        price,
        forged: more.includes('forged'),
        ...(confidence === undefined ? {} : { confidence }),
      }
    })
  })
