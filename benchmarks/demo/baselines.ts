import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openEmbeddedStore } from '@novation/platform'

/** Every event of a ledger as it is stored. */
export const bodiesOf = async (ledger: string): Promise<readonly string[]> => {
  const store = openEmbeddedStore(ledger)
  const bodies: string[] = []
  for await (const { body } of store.readAll('ledger-', undefined)) bodies.push(body)
  await store.close()
  return bodies
}

/** The least that reading them can cost. */
export const parseAll = (bodies: readonly string[]): number =>
  bodies.reduce((fields, body) => fields + Object.keys(JSON.parse(body)).length, 0)

/** The least that writing them durably can cost: one file, so many events to a sync. */
export const writeAll = (folder: string, bodies: readonly string[], batch: number): void => {
  const file = openSync(join(folder, 'bare.log'), 'w')
  for (let from = 0; from < bodies.length; from += batch) {
    writeSync(file, `${bodies.slice(from, from + batch).join('\n')}\n`)
    fdatasyncSync(file)
  }
  closeSync(file)
}
