import type { Book } from '@novation/clearing'
import { type Checkpoints, type DiskFault, type DiskStep, fileCheckpoints, type MemoryDisk } from '@novation/platform'
import type { Dice } from '../engine/dice'
import type { Life } from '../engine/life'
import { faultOf, paceOf } from './failing-disk'
import type { Machine } from './machine'
import type { Post } from './posts'
import { noteOccasion, type World } from './world'

/** What has come to last on a disk, on a disk of its own. */
const imageOf = (disk: MemoryDisk): MemoryDisk => disk.afterPowerCut(() => 0)

const remembered = 4

/** A crash may be that of the whole machine: then whatever was not synced is there, or not, or in part. */
const boot = (world: World, machine: Machine, dice: Dice): void => {
  if (!machine.isClean && dice.chance(world.weather()['power-cut'] * 0.7)) {
    machine.disk = machine.disk.afterPowerCut((count) => dice.whole(0, count - 1))
    noteOccasion(world, 'power cut')
  }
  const older = machine.images[dice.whole(0, Math.max(0, machine.images.length - 1))]
  if (older === undefined || !dice.chance(world.weather()['stale-checkpoint'] * 0.5)) return
  machine.disk = imageOf(older)
  machine.kept.clear()
  noteOccasion(world, 'older image of a disk')
}

/** The checkpoints of one life of a post, by the product's own code, on a disk that may fail and may be cut off. */
export const checkpointsOn = (
  world: World,
  { reactors, name }: Post,
  machine: Machine,
  life: Life,
  dice: Dice,
): Checkpoints<Book> => {
  boot(world, machine, dice)
  machine.isClean = false
  const { disk } = machine
  const pace = paceOf(world, life, dice, 2)
  const fault = (step: DiskStep): DiskFault | undefined => {
    const failed = faultOf(world, dice, step, { sync: 0.2, other: 0.02 })
    if (failed !== undefined) noteOccasion(world, 'disk failed')
    return failed
  }
  const files = fileCheckpoints({
    directory: '/data',
    name: reactors[0].name,
    fold: reactors[0],
    reactors,
    every: 40,
    passedOver: (reason) => world.findings.found('a checkpoint is whole, or not there', `${name}: ${reason}`),
    disk: world.parts.disk(disk.mount({ pace, fault })),
  })
  const flush: Checkpoints<Book>['flush'] = async (pool, followed) => {
    await files.flush(pool, followed)
    machine.kept.set(pool, followed.revision)
    machine.images.push(imageOf(disk))
    if (machine.images.length > remembered) machine.images.shift()
  }
  return {
    flush,
    /** Far more often than the product: so that lives begin at checkpoints of all kinds. */
    save: (pool, followed) =>
      followed.revision === followed.crew.groupEnd && dice.chance(0.06) ? flush(pool, followed) : Promise.resolve(),
    load: async (pool) => {
      const loaded = await files.load(pool)
      const kept = machine.kept.get(pool) ?? -1
      if ((loaded?.revision ?? -1) < kept)
        world.findings.found('what was kept lasts', `${name} kept ${kept} of ${pool}, and finds ${loaded?.revision}`)
      if (loaded !== undefined) noteOccasion(world, 'life begun at a checkpoint')
      return loaded
    },
  }
}
