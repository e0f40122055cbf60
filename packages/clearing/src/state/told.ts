import { type LedgerEvent, parseTime } from '@novation/events'
import type { Book } from './book'
import { curveName, forwardName, inputsOf, marketOf, modelName, volatilityName } from './markets'
import type { Account, Health, Pool } from './pool'
import { isModelled } from './portfolio'
import type { Risk } from './risk'

/** What of an underlying an event tells, if anything. */
const toldBy = (pool: Pool, event: LedgerEvent): string | undefined => {
  const { type, data } = event
  switch (type) {
    case 'PriceTick':
      return data.asset === undefined || marketOf(pool, data.asset) === undefined ? undefined : data.asset
    case 'ForwardTick':
      return forwardName(data.underlying, parseTime(data.expiry))
    case 'VolatilityTick':
      return volatilityName(data.underlying, parseTime(data.expiry))
    case 'CurveTick':
      return curveName(data.curve)
    case 'RiskModelSet':
      return modelName(data.model.underlying)
    default:
      return undefined
  }
}

/** Remembers at which revision what options are marked and margined by was told last. */
export const noteTold = (book: Book, event: LedgerEvent): void => {
  const { risk } = book
  const name = risk === undefined ? undefined : toldBy(book, event)
  if (risk !== undefined && name !== undefined) book.put<Risk, number>(risk, 'told', name, event.revision)
}

/** What an account is margined by, and at which revision that was told last. */
interface Input {
  readonly input: string
  readonly revision: number
}

const inputsFor = (pool: Pool, account: Account, { positions }: Health): readonly Input[] => {
  if (pool.risk === undefined) return []
  const names = new Set<string>()
  for (const { instrument } of positions) {
    const { underlying, expiry, option } = instrument
    if (!isModelled(pool, account, instrument)) continue
    for (const name of [underlying, modelName(underlying)]) names.add(name)
    if (option !== undefined && expiry !== undefined)
      for (const { name } of inputsOf(pool, underlying, expiry)) names.add(name)
  }
  return [...names].sort().flatMap((input) => {
    const revision = pool.risk?.told.get(input)
    return revision === undefined ? [] : [{ input, revision }]
  })
}

/** Where a model margins what an account holds, by what, in byte order: for who says so. */
export const toldInputs = (pool: Pool, account: Account, health: Health): { readonly inputs?: readonly Input[] } => {
  const inputs = inputsFor(pool, account, health)
  return inputs.length === 0 ? {} : { inputs }
}
