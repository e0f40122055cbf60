import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEventStoreDb, systemScheduler } from '@novation/platform'
import { metricOf, openRealMesh, type RealMesh, serviceNames, until } from '../../../apps/cli/src/live/kit/real-mesh'
import { asking, houseOf, price, tick } from '../house'
import { prepareLedger } from '../ledger/prepare'
import { loadOf } from '../load'
import { now_ms, percentile, perSecond } from '../measure'
import type { Options } from '../options'
import { type Part, type Row, say } from '../report'
import { cpuBetween, cpuOf } from './cpu'
import { measureCrash } from './crash'
import { type Feed, openFeed } from './feed'
import { measureFlow } from './flow'
import { headStart } from './head-start'
import { measureBareKafka } from './kafka'

const pool = 'bench'
const patience_ms = 1_800_000

/** Each process has as much room for what is young as the image gives it. */
export const asInTheImage = {
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`.trim(),
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** Every service has read everything there is. */
export const caughtUp = async (mesh: RealMesh): Promise<void> => {
  const reactors = [...mesh.services.keys()].filter((name) => name !== 'ledger' && name !== 'gateway')
  await until(
    async () => {
      const head = await mesh.revision()
      const read = await Promise.all(
        reactors.map((name) => metricOf(mesh.services.get(name), 'novation_reactor_revision')),
      )
      return read.every((revision) => revision === head)
    },
    () => 'the services do not catch up with the ledger',
    patience_ms,
  )
}

/** A house of so many accounts, put into the store before there is a mesh, and the mesh on top of it. */
const begin = async (mesh: RealMesh, data: string, { accounts, apart }: Options): Promise<readonly string[]> => {
  const began = now_ms()
  const store = openEventStoreDb(mesh.store.connectionString)
  const at = systemScheduler.now()
  const house = await prepareLedger(store, pool, houseOf(pool, accounts, at), at)
  const names = apart ? serviceNames : ['ledger', 'reactors']
  await headStart(store, data, house, apart)
  await store.close()
  const prepared = now_ms()
  const events = (house.revision + 1).toLocaleString('en')
  say(`${events} events prepared in ${seconds(prepared - began)}; starting the services`)
  await Promise.all(names.map((name) => mesh.start(name, { ...asInTheImage, NOVATION_DATA: data })))
  // Their consumers have joined their groups when they have heard of a price.
  await mesh.send(tick(asking(pool, 'warm'), systemScheduler.now(), price.start))
  await until(
    async () => (await mesh.revision()) > house.revision,
    () => 'the ledger takes no command',
    patience_ms,
  )
  await caughtUp(mesh)
  const ready = now_ms()
  return [
    `Set up: ${events} events decided in one process and appended directly, with each service's checkpoint, in ${seconds(prepared - began)};`,
    `the ${names.length} processes were ready ${seconds(ready - prepared)} later.`,
  ]
}

const flowPart = async (mesh: RealMesh, feed: Feed, bootstrap: string, options: Options): Promise<[Part, number]> => {
  const commands = loadOf(pool, 'load', options.accounts, options.commands, systemScheduler.now())
  say('bare Kafka')
  const bare = await measureBareKafka(bootstrap, commands)
  say(`${commands.length} commands through the mesh`)
  const before = await cpuOf(mesh)
  const { accepted_ms, drained_ms, relayed_ms, events } = await measureFlow(mesh, feed, commands)
  await caughtUp(mesh)
  const cpu = cpuBetween(before, await cpuOf(mesh))
  const count = commands.length
  const accepted = 'accepted: acknowledged by Kafka'
  const bareAccepted = 'bare Kafka, the same records'
  const rows: readonly Row[] = [
    { what: bareAccepted, figure: bare.accepted_perSecond, unit: 'commands/s' },
    { what: accepted, figure: perSecond(count, accepted_ms), unit: 'commands/s', baseline: bareAccepted },
    {
      what: 'drained: outcome in the ledger',
      figure: perSecond(count, drained_ms),
      unit: 'commands/s',
      baseline: accepted,
    },
    { what: 'outcome back on Kafka', figure: perSecond(count, relayed_ms), unit: 'commands/s', baseline: accepted },
    { what: 'events drained', figure: perSecond(events, drained_ms), unit: 'events/s' },
    ...cpu.map(([name, ms]) => ({ what: `CPU of ${name}`, figure: ms / count, unit: 'ms a command' })),
  ]
  const title = `The mesh, ${options.apart ? 'a process for each reactor' : 'one process for all reactors'}: ${options.accounts.toLocaleString('en')} accounts, ${count.toLocaleString('en')} commands`
  return [{ title, rows, notes: [] }, bare.hop_ms]
}

const crashPart = async (mesh: RealMesh, feed: Feed, hop_ms: number, options: Options): Promise<Part> => {
  say(`a crash of ${options.seconds} s`)
  const before = await cpuOf(mesh)
  const crash = await measureCrash(mesh, feed, options.seconds)
  const cpu = cpuBetween(before, await cpuOf(mesh))
  const hop = 'bare Kafka: one record there and back, p50'
  const quantiles = (what: string, values: readonly number[]): readonly Row[] =>
    [0.5, 0.99, 0.999].map((part) => ({
      what: `${what}, p${part * 100}`,
      figure: percentile(values, part),
      unit: 'ms',
      baseline: hop,
    }))
  const fills = crash.sentToLiquidated.length
  return {
    title: `A crash through it: ${fills.toLocaleString('en')} liquidations in ${options.seconds} s, a price each 100 ms`,
    rows: [
      { what: hop, figure: hop_ms, unit: 'ms' },
      ...quantiles('PriceTick on Kafka to Liquidated on Kafka', crash.tickToLiquidated),
      ...quantiles('price sent to Liquidated on Kafka', crash.sentToLiquidated),
      ...quantiles('price sent to PriceTick on Kafka', crash.sentToTick),
      ...cpu.map(([name, ms]) => ({ what: `CPU of ${name}`, figure: ms / fills, unit: 'ms a fill' })),
    ],
    notes: crash.unexplained === 0 ? [] : [`${crash.unexplained} fills came of no price of this crash.`],
  }
}

/** Work on a mesh over a Kafka at `bootstrap` and the EventStoreDB protocol server, each service a process, once all of it has caught up. */
export const inMesh = async <A>(
  bootstrap: string,
  options: Options,
  work: (mesh: RealMesh, feed: Feed, notes: readonly string[]) => Promise<A>,
): Promise<A> => {
  const data = mkdtempSync(join(tmpdir(), 'novation-bench-'))
  const mesh = await openRealMesh(bootstrap, pool, patience_ms)
  try {
    const notes = await begin(mesh, data, options)
    const feed = openFeed(mesh.bus, pool)
    await until(
      async () => feed.revision() === (await mesh.revision()),
      () => 'the feed does not reach the ledger',
      patience_ms,
    )
    const found = await work(mesh, feed, notes)
    await feed.stop()
    return found
  } finally {
    await mesh.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/** What the mesh bears, and how long a crash takes through it. */
export const measureMesh = (bootstrap: string, options: Options): Promise<readonly Part[]> =>
  inMesh(bootstrap, options, async (mesh, feed, notes) => {
    const [flow, hop_ms] = await flowPart(mesh, feed, bootstrap, options)
    return [{ ...flow, notes }, await crashPart(mesh, feed, hop_ms, options)]
  })
