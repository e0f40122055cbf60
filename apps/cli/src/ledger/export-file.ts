import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { notJson, readPublicText, type Stored, unmarked } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'

export const importRefused = (what: string, why: string): Failure =>
  new Failure({
    id: 'import-refused',
    exit: exitCodes.mismatch,
    what,
    why,
    remedy: 'export it again from a ledger that verifies; nothing was written',
  })

/** The events of an export, one a line. */
export async function* eventsIn(file: string): AsyncIterable<Stored> {
  let line = 0
  for await (const read of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1
    const text = unmarked(read)
    if (text.trim() === '') continue
    const stored = readPublicText(text)
    if (stored._tag === 'Left')
      throw stored.left === notJson
        ? importRefused(`line ${line} of ${file} is not JSON`, text.slice(0, 60))
        : importRefused(`line ${line} of ${file} is no event`, stored.left)
    yield stored.right
  }
}

/** The pool whose history an export is. */
export const poolOfExport = async (file: string): Promise<string> => {
  for await (const { body } of eventsIn(file)) return (JSON.parse(body) as { readonly pool: string }).pool
  throw importRefused(`${file} holds no event`, 'it is empty')
}
