import { formatTime } from '@novation/events'
import { delist, passTime, price, settle } from './wishes'
import { all, type Step } from './world'

/** A market ends on the road there is for that: notice of it, none of which is left, and a last price, which is the fixing. */
export const fixed =
  (instrument: string, at: string): Step =>
  (world) => {
    const now = formatTime(Math.max(world.pool.at, world.clock))
    return all(price(instrument, at), delist(instrument, now), passTime)(world)
  }

/** So it ends, and whoever holds it is settled. */
export const settled = (instrument: string, at: string): Step => all(fixed(instrument, at), settle(instrument, at))
