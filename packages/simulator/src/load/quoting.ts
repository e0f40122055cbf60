import type { Book } from '@novation/clearing'
import { parseCommand, parseTime, type Quote, signQuote, type UnsignedQuote } from '@novation/events'
import { honest, lyingBy, type MadeMarket, type Manner, manners } from '@novation/source'
import type { Dice } from '../engine/dice'
import type { Carrier } from './carrier'
import { keyOf } from './keys'
import { isLiar, otherCurrency, worthOf } from './sources'

/** Beyond these a price is none that a source could have seen: it stays what an operator tries to tell. */
const [least, most] = [1e-12, 1e15]

/** So many places a quote has here. */
const places = 16

type Terms = { readonly source: string; readonly currency?: string | undefined }

/** How it lies this time; to sign two truths is the end of it, and rare. */
const mannerOf = (dice: Dice): Manner => {
  const [first, ...rest] = manners.filter((manner) => manner !== 'two truths')
  return first === undefined || dice.chance(0.02) ? 'two truths' : dice.pick([first, ...rest])
}

/** What one source says of something that costs so much, in the currency that it quotes in. */
const saidBy = (dice: Dice, { source, currency }: Terms, market: MadeMarket, now: number): readonly UnsignedQuote[] => {
  const saying = isLiar(source) ? lyingBy(market, source, mannerOf(dice), now - 5_000) : honest(market, source, true)
  return saying(now).map((quote) =>
    currency === undefined
      ? quote
      : { ...quote, currency, price: (Number(quote.price) / worthOf(now)).toFixed(places) },
  )
}

const signed = (quote: UnsignedQuote): readonly Quote[] => {
  const key = keyOf(`source:${quote.source}`)
  return key === undefined ? [] : [signQuote(quote, key)]
}

/**
 * A record that tells a price, as it reaches a pool where sources sign it: what each of them says, some of them not, brought by a
 * carrier. Any other record as it is.
 */
export const quotedFor = (pool: Book, dice: Dice, carrier: Carrier, text: string): string => {
  const read = pool.oracle === undefined ? undefined : parseCommand(text, 'operator')
  if (read === undefined || read._tag === 'Left' || read.right.type !== 'PublishPrice') return text
  const { id, data } = read.right
  const base = data.instrument ?? data.asset ?? ''
  const terms = pool.oracle?.terms.get(base)
  const price = Number(data.price)
  if (terms === undefined || !(price >= least && price <= most)) return text
  const now = data.observedAt === undefined ? pool.at : parseTime(data.observedAt)
  const own = dice.for(id)
  const asked: readonly string[] = own.chance(0.8) ? [base, otherCurrency] : [base]
  const quotes = asked.flatMap((each) => {
    const market: MadeMarket = {
      ...{ seed: id, begins: now - 60_000, ends: now + 60_000, step_ms: 2_000 },
      quoted: [{ base: each, currency: 'USD', places }],
      path: () => (each === otherCurrency ? worthOf(now) : price),
    }
    const sources: readonly Terms[] = pool.oracle?.terms.get(each)?.said.sources ?? []
    return sources.flatMap((source) => (own.chance(0.1) ? [] : saidBy(own, source, market, now)))
  })
  const carried = carrier.carry(quotes.flatMap(signed))
  return carried.length === 0
    ? text
    : JSON.stringify({ id, type: 'PublishQuotes', pool: pool.name, actor: 'oracle', data: { quotes: carried } })
}
