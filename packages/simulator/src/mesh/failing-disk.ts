import type { DiskFault, DiskStep } from '@novation/platform'
import type { Dice } from '../engine/dice'
import type { Life } from '../engine/life'
import type { World } from './world'

/** How each step of a disk takes its time, at most so many milliseconds: none ends once the life is over. */
export const paceOf =
  (world: World, life: Life, dice: Dice, most_ms: number) =>
  <A>(step: () => A): Promise<A> =>
    new Promise((resolve, reject) => {
      world.timeline.after(dice.whole(0, most_ms), () => {
        if (life.isOver()) return
        try {
          resolve(step())
        } catch (error) {
          reject(error)
        }
      })
    })

/** What goes wrong with a step of a disk, if anything; `often` weighs the weather, for a sync and for all else. */
export const faultOf = (
  world: World,
  dice: Dice,
  { verb }: DiskStep,
  often: { readonly sync: number; readonly other: number },
): DiskFault | undefined => {
  if (!dice.chance(world.weather()['disk-fails'] * (verb === 'sync' ? often.sync : often.other))) return undefined
  return verb === 'read' ? 'EIO' : dice.pick(['EIO', 'ENOSPC', 'short'])
}
