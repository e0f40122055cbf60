import { format, isZero } from '@novation/decimal'
import { type CommandData, type EventData, formatTime, parseTime, type Quote } from '@novation/events'
import { accepted, type Decide, type Decision, type Draft, reject } from '../decision'
import { houseBalance } from '../state/house-balance'
import { bondOf } from '../state/names'
import { quoteName } from '../state/oracle'
import { truthOf } from '../state/oracle-state'
import type { Pool } from '../state/pool'
import { transfer } from '../state/postings'
import { hasKey, isProven } from './taking'

/** A source has signed two truths: it counts no more, and what it has put up is the insurance fund's. */
export const recordEquivocation = (draft: Draft, said: EventData<'SourceEquivocated'>): void => {
  const { pool } = draft
  const asset = pool.settlementAsset ?? ''
  const bond = houseBalance(pool, bondOf(said.source), asset)
  if (isZero(bond)) draft.record('SourceEquivocated', said)
  else
    draft.record(
      'SourceEquivocated',
      { ...said, bond: format(bond) },
      transfer(draft.house(bondOf(said.source)), pool.insurance, asset, bond),
    )
}

type Asked = Parameters<typeof isProven>[0]

/** Why two quotes are not two truths that one source has signed of one time, or nothing. */
export const noEquivocation = (pool: Asked, { a, b }: CommandData<'ReportEquivocation'>): string | undefined => {
  const isOne = a.source === b.source && a.base === b.base && parseTime(a.at) === parseTime(b.at)
  if (!isOne) return 'the quotes are not of one source, one base and one time'
  if (truthOf(a) === truthOf(b)) return `both say the same: ${a.source} may write it as it likes`
  const unproven = [a, b].find((quote) => !isProven(pool, quote))
  return unproven === undefined ? undefined : `nothing shows that ${unproven.source} said ${unproven.price}`
}

/** Whether a source counts for nothing already, and has nothing left to lose. */
const isDown = (pool: Pool, source: string): boolean => {
  const { oracle } = pool
  const asks = [...(oracle?.terms ?? [])].filter(([, { said }]) => said.sources.some((each) => each.source === source))
  return (
    asks.every(([id]) => oracle?.indices.get(id)?.suspended.includes(source)) &&
    isZero(houseBalance(pool, bondOf(source), pool.settlementAsset ?? ''))
  )
}

/** It has paid for two truths once, and for all that it signed before: what is shown must be later, and not of a time to come. */
const isStale = (pool: Pool, { source, base, at }: Quote): boolean => {
  const paidFor = pool.oracle?.equivocated.get(quoteName(base, source))
  return (paidFor !== undefined && parseTime(at) <= paidFor) || isDown(pool, source)
}

const checked = (pool: Pool, data: CommandData<'ReportEquivocation'>): Decision | undefined => {
  const { a, b } = data
  const keyless = [a, b].find((quote) => !hasKey(pool, quote))
  if (keyless !== undefined)
    return reject('unknown-key', `no key that is active speaks for ${keyless.source}, or none that the quote names`)
  const wrong = noEquivocation(pool, data)
  if (wrong !== undefined) return reject('no-equivocation', wrong)
  if (parseTime(a.at) > pool.at + pool.parameters.priceFuture_s * 1000)
    return reject('no-equivocation', `${formatTime(parseTime(a.at))} has not come: report it then`)
  if (isStale(pool, a)) return reject('nothing-due', `${a.source} has paid for two truths of then, or of later`)
  return undefined
}

/**
 * Anybody shows two truths that a source has signed of one time with a key that is active still, whoever was told which of them: it
 * counts no more in any index until that is set anew, and its bond is posted to the insurance fund. For one pair it pays once.
 */
export const reportEquivocation: Decide<'ReportEquivocation'> = (draft, data) => {
  const bad = checked(draft.pool, data)
  if (bad !== undefined) return bad
  const { source, base, at } = data.a
  recordEquivocation(draft, { source, base, at: formatTime(parseTime(at)) })
  return accepted
}
