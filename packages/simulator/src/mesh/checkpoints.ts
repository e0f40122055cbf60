import type { Book } from '@novation/clearing'
import {
  type Checkpoints,
  type Disk,
  type DiskFault,
  type DiskStep,
  fileCheckpoints,
  type MemoryDisk,
} from '@novation/platform'
import type { Dice } from '../engine/dice'
import type { Life } from '../engine/life'
import { besideOn } from './beside'
import { faultOf, paceOf } from './failing-disk'
import type { Machine } from './machine'
import type { Post } from './posts'
import { noteOccasion, type World } from './world'

/** What has come to last on a disk, on a disk of its own. */
const imageOf = (disk: MemoryDisk): MemoryDisk => disk.afterPowerCut(() => 0)

const remembered = 4

/** Who does not write places down himself has one written after so many events. */
const every = 10

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
  const fault = (step: DiskStep): DiskFault | undefined => {
    const failed = faultOf(world, dice, step, { sync: 0.2, other: 0.02 })
    if (failed !== undefined) noteOccasion(world, 'disk failed')
    return failed
  }
  const diskOf = (of: Life): Disk => world.parts.disk(disk.mount({ pace: paceOf(world, of, dice, 2), fault }))
  const written = (pool: string, revision: number): void => {
    machine.kept.set(pool, revision)
    machine.images.push(imageOf(disk))
    if (machine.images.length > remembered) machine.images.shift()
  }
  const writtenBeside = (pool: string, revision: number): void => {
    noteOccasion(world, 'place written beside')
    written(pool, revision)
  }
  const own = { directory: '/data', name: reactors[0].name, fold: reactors[0] }
  const isBeside = dice.chance(0.5)
  const files = fileCheckpoints({
    ...own,
    reactors,
    every,
    passedOver: (reason) => world.findings.found('a checkpoint is whole, or not there', `${name}: ${reason}`),
    ...(isBeside
      ? { beside: besideOn(world, { ...own, diskOf, written: writtenBeside }, life, dice.for('beside')) }
      : {}),
    unwritten: (reason) => world.findings.found('a place can be written beside', `${name}: ${reason}`),
    disk: diskOf(life),
  })
  const flush: Checkpoints<Book>['flush'] = async (pool, followed) => {
    await files.flush(pool, followed)
    written(pool, followed.revision)
  }
  /** Far more often than the product: so that lives begin at checkpoints of all kinds. */
  const saveNow: Checkpoints<Book>['save'] = (pool, followed) =>
    followed.revision === followed.crew.groupEnd && dice.chance(0.06) ? flush(pool, followed) : Promise.resolve()
  return {
    flush,
    save: isBeside ? files.save : saveNow,
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
