import { type Command, type SigningKey, signCommand } from '@novation/events'
import { runOracle } from '@novation/oracle'
import { systemDisk } from '@novation/platform'
import { runSource } from '@novation/source'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import type { Job } from './given'
import { sourceKey } from './source-settings'

type KeyOf = (actor: string) => SigningKey | undefined

const noKeys: KeyOf = () => undefined

/** What moves by more than this share is carried at once. */
const move = 0.001

const signerOf =
  (keyOf: KeyOf) =>
  (command: Command, domain: string): Command => {
    const key = keyOf(command.actor)
    return key === undefined ? command : signCommand(command, domain, [key])
  }

/** Who carries quotes from their topic to the pools. */
export const oracleJob: Job = {
  name: 'oracle',
  run: async ({ pools, store, bus, scheduler, watch, keyOf = noKeys, tick_ms = 1_000 }, signal) => {
    const { asked, deadLettered, ready } = watch.reactor('oracle')
    for (const pool of pools) ready?.(pool, (await store.last(`ledger-${pool}`))?.revision ?? -1)
    const report = {
      ...(asked === undefined ? {} : { asked }),
      ...(deadLettered === undefined ? {} : { deadLettered }),
    }
    await runOracle({ pools, store, bus, scheduler, sign: signerOf(keyOf), tick_ms, move, report }, signal)
  },
}

/** Who signs what a venue says. */
export const sourceJob: Job = {
  name: 'source',
  run: async ({ pools, bus, scheduler, watch, keyOf = noKeys, data, source }, signal) => {
    if (source === undefined)
      throw new Failure({ id: 'usage', exit: exitCodes.usage, what: 'no source is named', remedy: 'say --venue' })
    const { name, adapter, symbols, messages } = source
    for (const pool of pools) watch.reactor('source').ready?.(pool, -1)
    const key = sourceKey(name, keyOf)
    const own = { source: name, adapter, symbols, key, bus, scheduler }
    const disk = { disk: systemDisk, path: `${data}/source-${name}.json` }
    await runSource({ ...own, ...disk, messages: messages(signal), report: watch.source(name) }, signal)
    // Where what it read has ended, it has nothing more to say, and does not end the others.
    if (!signal.aborted) watch.log.info({ service: 'source', source: name }, 'what it reads has ended')
    await untilAborted(signal)
  },
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
