import { decimal, format, greaterThan } from '@novation/decimal'
import { type CommandData, formatTime, type Millis } from '@novation/events'
import { badAmount } from '../amounts'
import { accepted, type Decide, type Decision, reject } from '../decision'
import { bindingsOfParty, isRevoked } from '../state/bindings'
import { houseBalance } from '../state/house-balance'
import { partyOf } from '../state/identity'
import { bondOf } from '../state/names'
import { delaysOf } from '../state/parameters'
import type { Pool } from '../state/pool'
import { transfer } from '../state/postings'

type Bond = CommandData<'BondSource'>

const bindingsOfSource = (pool: Pool, source: string) => bindingsOfParty(pool, partyOf(`source:${source}`))

/** Whether a source has a key, or will have: then somebody may still show what it signs, or has signed. */
const hasKeys = (pool: Pool, source: string): boolean =>
  bindingsOfSource(pool, source).some((binding) => !isRevoked(binding))

/** From when its bond may be let go: a day after the last of its keys fell, so that whoever has stolen an operator's key does not take both at once. */
const releasableAt = (pool: Pool, source: string): Millis =>
  Math.max(0, ...bindingsOfSource(pool, source).map(({ revokedAt = 0 }) => revokedAt)) +
  delaysOf(pool.parameters).keyDelay_s * 1000

const badBond = (pool: Pool, { asset: id, amount }: Bond): Decision | undefined => {
  const asset = pool.assets.get(id)
  if (asset === undefined) return reject('unknown-asset', `no asset ${id} in this pool`)
  if (!asset.settlement)
    return reject(
      'not-settlement-asset',
      `a bond is in ${pool.settlementAsset ?? 'the settlement asset'}, not in ${id}`,
    )
  return badAmount(asset, amount)
}

/** A source puts up what it loses to the insurance fund if it is shown to have signed two truths. It needs a key: else nobody could show that. */
export const bondSource: Decide<'BondSource'> = (draft, data) => {
  const { pool } = draft
  const { source, asset, amount } = data
  if (pool.assets.has(asset) && !hasKeys(pool, source))
    return reject('unknown-key', `no key speaks for ${source}: nobody could hold it to what it signs`)
  const bad = badBond(pool, data)
  if (bad !== undefined) return bad
  draft.record('SourceBonded', data, transfer(pool.custody, draft.house(bondOf(source)), asset, decimal(amount)))
  return accepted
}

const isSuspended = ({ oracle }: Pool, source: string): boolean =>
  [...(oracle?.indices.values() ?? [])].some(({ suspended }) => suspended.includes(source))

/**
 * A source has its bond back once it signs no more: while a key of it stands two truths may still be shown. And not before everybody
 * could see for a day that it has none: an operator may strike out the keys of a source, and one of them may be a thief.
 */
export const releaseBond: Decide<'ReleaseBond'> = (draft, data) => {
  const { pool } = draft
  const { source, asset, amount } = data
  const bad = badBond(pool, data)
  if (bad !== undefined) return bad
  const held = houseBalance(pool, bondOf(source), asset)
  if (greaterThan(decimal(amount), held))
    return reject('insufficient-balance', `the bond of ${source} is ${format(held)} ${asset}`)
  if (isSuspended(pool, source)) return reject('still-liable', `${source} is suspended: set the index anew first`)
  if (hasKeys(pool, source))
    return reject('still-liable', `a key of ${source} stands, and what it signed may still be shown: revoke it first`)
  const from = releasableAt(pool, source)
  if (pool.at < from)
    return reject(
      'still-liable',
      `the last key of ${source} has fallen just now: its bond is let go from ${formatTime(from)} on`,
    )
  draft.record('BondReleased', data, transfer(draft.house(bondOf(source)), pool.custody, asset, decimal(amount)))
  return accepted
}
