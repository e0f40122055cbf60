import { emptyPool } from '@novation/clearing'
import type { Snapshots } from '@novation/ledger'
import { type DiskStep, folderShelf, openMemoryDisk, openProver } from '@novation/platform'
import type { Dice } from '../engine/dice'
import type { Life } from '../engine/life'
import { faultOf, paceOf } from './failing-disk'
import type { Machine } from './machine'
import { noteOccasion, type World } from './world'

/** A snapshot is put aside after so many events: so that lives of ledgers begin at many of them. */
const every = 25

/** A crash may be that of the whole machine, and now and then its disk is gone. */
const boot = (world: World, machine: Machine, dice: Dice): void => {
  if (machine.isClean) return
  if (dice.chance(world.weather()['power-cut'] * 0.7)) {
    machine.disk = machine.disk.afterPowerCut((count) => dice.whole(0, count - 1))
    noteOccasion(world, "power cut of a ledger's machine")
  } else if (dice.chance(0.05)) machine.disk = openMemoryDisk()
}

/** The snapshots of one life of a ledger, and its prover, in this process, on a disk that may fail and may be cut off. */
export const snapshotsOn = (world: World, machine: Machine, life: Life, dice: Dice): Snapshots => {
  boot(world, machine, dice)
  machine.isClean = false
  const pace = paceOf(world, life, dice, 1)
  const fault = (step: DiskStep) => faultOf(world, dice, step, { sync: 0.05, other: 0.005 })
  const shelf = folderShelf('/data', world.parts.disk(machine.disk.mount({ pace, fault })))
  return { shelf, prover: (pool) => openProver(shelf, pool, every, (name) => emptyPool(name, world.cut, world.verify)) }
}
