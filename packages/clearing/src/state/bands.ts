import { subtract, toNumber } from '@novation/decimal'
import { type Axis, type Band, lack, leave, newPlace, place } from './axis'
import { type Source, sourcesOf } from './band-sources'
import { roundingOf } from './health'
import type { Account, Health, Pool } from './pool'
import { addReach, isWithinReach } from './portfolio-bands'

/** How far equity may fall, and rise, before a line is crossed that changes what is asked about the account. */
interface Room {
  readonly below: number
  readonly above: number
}

const nowhere = Number.POSITIVE_INFINITY

/** The lines are signed: what harms the account leads to the next one below, what helps it to the one above. */
const linesOf = ({ worst, best, initial, callLine, maintenance }: Health): Room => {
  let [below, above] = [nowhere, nowhere]
  /** By how much worth stands above a line; below zero, by how much it is below. */
  const line = (distance: number): void => {
    if (distance >= 0) below = Math.min(below, distance)
    else above = Math.min(above, -distance)
  }
  line(toNumber(subtract(worst, initial)))
  line(toNumber(subtract(best, callLine)))
  line(toNumber(subtract(best, maintenance)))
  line(toNumber(best))
  return { below, above }
}

const none: Room = { below: 0, above: 0 }

/** What stands under one requirement has so much of the room for itself, where each price beside it has 1. */
const togetherPart = 2

/**
 * Under liquidation, what a fill has kept and the buffer are lines too: such an account is judged at every move. So is a portfolio
 * of which no reach is known. So is one
 * that stands no further from a line than rounding may carry it, since where margin rises as fast as worth does, a move that
 * helps may cost a cent. The last digits are given away against rounding, and against that of the doubles themselves.
 */
const roomOf = (pool: Pool, account: Account, health: Health): Room => {
  if (account.liquidation !== undefined) return none
  if (account.margin === 'portfolio' && !isWithinReach(pool, account, health)) return none
  const { below, above } = linesOf(health)
  const rounding = roundingOf(pool, account)
  if (Math.min(below, above) <= rounding) return none
  const within = (line: number): number => (line - rounding) * (1 - 1e-9)
  return { below: within(below), above: within(above) }
}

/** A band within which, whatever the other sources do within theirs, no line is crossed. */
const bandOf = (
  { value, slope, isLong, part, isUnsigned, isSigned, band }: Source,
  { below, above }: Room,
  parts: number,
): Band => {
  if (band !== undefined) return band
  const unit = part / parts / (slope * (1 + 1e-9))
  if (isUnsigned) {
    const either = Math.min(below, above) * unit
    const most = isSigned ? either : Math.min(either, value)
    return { value, down: most, up: most }
  }
  return isLong ? { value, down: below * unit, up: above * unit } : { value, down: above * unit, up: below * unit }
}

const follows = (axes: readonly Axis<Account>[], sources: readonly Source[]): boolean => {
  if (axes.length !== sources.length) return false
  for (let i = 0; i < axes.length; i += 1) if (axes[i] !== sources[i]?.axis) return false
  return true
}

/** Has the account stand where these sources are: places on axes that it no longer follows are left. */
const follow = (account: Account, sources: readonly Source[]): void => {
  const { stand } = account
  const { axes: old, places } = stand
  if (follows(old, sources)) return
  const axes = sources.map(({ axis }) => axis)
  stand.axes = axes
  stand.places = axes.map((axis) => places[old.indexOf(axis)] ?? newPlace(axis, account))
  for (const [i, axis] of old.entries()) {
    const at = places[i]
    if (at !== undefined && !axes.includes(axis)) leave(axis, at)
  }
}

/** Places the account's triggers for what it now holds, and counts what it lacks, if it lacks anything, to each axis. */
export const placeBands = (pool: Pool, account: Account, health: Health): void => {
  const room = roomOf(pool, account, health)
  const together = room === none || health.portfolio?.requirement === undefined ? undefined : health.portfolio
  const sources = sourcesOf(pool, account, health, together)
  let parts = together === undefined ? 0 : togetherPart
  for (const { part } of sources) parts += part
  if (together !== undefined) {
    const share = togetherPart / parts
    addReach(sources, pool, health.status, together, { below: room.below * share, above: room.above * share })
  }
  follow(account, sources)
  const { places } = account.stand
  const isBankrupt = health.status === 'bankrupt'
  for (let i = 0; i < places.length; i += 1) {
    const [at, source] = [places[i], sources[i]]
    if (at === undefined || source === undefined) continue
    place(source.axis, at, bandOf(source, room, parts))
    lack(source.axis, at, isBankrupt ? source.slope : 0)
  }
}

/** Takes an account away from everything it follows. */
export const leaveBands = (account: Account): void => follow(account, [])
