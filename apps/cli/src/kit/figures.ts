import type { Page } from 'playwright-core'

/** What the command line says of a ledger at a moment, as far as it is held against the page. */
export interface Stated {
  readonly at: string
  readonly assets: readonly { readonly insurance: string; readonly skinInTheGame: string }[]
  readonly instruments: readonly {
    readonly instrument: string
    readonly mark?: string
    readonly stale: boolean
    readonly settled?: boolean
  }[]
  readonly accounts: readonly {
    readonly account: string
    readonly status: string
    readonly collateral: Readonly<Record<string, string>>
    readonly positions: readonly {
      readonly instrument: string
      readonly quantity: string
      readonly unrealizedPnl?: string
      readonly accruedFunding?: string
    }[]
    readonly equity?: string
    readonly initialMargin?: string
    readonly maintenanceMargin?: string
  }[]
  readonly losses: Readonly<Record<'insurance' | 'skinInTheGame' | 'socialized', string>>
  readonly frozen: boolean
  readonly open: readonly { readonly what: string; readonly id: string }[]
}

/** In how many parts a unit is counted here: more than any amount has. */
const places = 30

const wholeOf = (amount: string): bigint => {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.')
  const size = BigInt(whole + fraction.padEnd(places, '0'))
  return amount.startsWith('-') ? -size : size
}

const textOf = (value: bigint): string => {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
}

export const total = (...amounts: readonly string[]): string =>
  textOf(amounts.reduce((sum, amount) => sum + wholeOf(amount), 0n))

export const minus = (amount: string): string => textOf(-wholeOf(amount))

export const lessThanNothing = (amount: string): boolean => wholeOf(amount) < 0n

const apart = (whole: string): string => {
  const groups: string[] = []
  for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end))
  return groups.join(',')
}

/** An amount as the page is to show it, written down a second time: cut to so many places, but never so far that nothing is left of it. */
export const shownTo =
  (places: number) =>
  (amount: string): string => {
    const [whole = '', fraction = ''] = amount.replace('-', '').split('.')
    const cut = fraction.padEnd(places, '0').slice(0, places)
    const sign = amount.startsWith('-') ? '-' : ''
    if (Number(whole) !== 0 || Number(cut) !== 0) return `${sign}${apart(whole)}.${cut}`
    const first = fraction.search(/[1-9]/)
    return first < 0 ? `0.${cut}` : `${sign}0.${fraction.slice(0, first + 1)}`
  }

/** As most amounts are shown. */
export const shown = shownTo(2)

/** All places of it. */
export const whole = (amount: string): string => {
  const [digits = '', fraction] = amount.replace('-', '').split('.')
  return `${amount.startsWith('-') ? '-' : ''}${apart(digits)}${fraction === undefined ? '' : `.${fraction}`}`
}

/** How often one goes into the other, cut to three places; nothing where there is nothing to go into. */
export const times = (amount: string, of: string): string | undefined =>
  wholeOf(of) === 0n ? undefined : textOf(((wholeOf(amount) * 1000n) / wholeOf(of)) * 10n ** BigInt(places - 3))

/** The cells of a table, row by row, as they are read. */
export const cellsOf = async (page: Page, name: string): Promise<readonly (readonly string[])[]> =>
  page.locator(`section[aria-label="${name}"] tbody tr:not(.room)`).evaluateAll((rows) =>
    rows.map((row) =>
      // The page's own types stay in the browser.
      [...(row as unknown as { readonly cells: Iterable<{ readonly innerText: string }> }).cells].map(({ innerText }) =>
        innerText.trim(),
      ),
    ),
  )

/** The six figures of the first page, by their names: each with what more is said of it. */
export const figuresOf = async (page: Page): Promise<Readonly<Record<string, readonly string[]>>> => {
  const all = await page.locator('dl.figures > div').allInnerTexts()
  return Object.fromEntries(
    all.map((text) => {
      const [name = '', ...said] = text.split('\n').filter((line) => line.trim() !== '')
      return [name, said]
    }),
  )
}
