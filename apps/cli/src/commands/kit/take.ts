import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { systemScheduler } from '@novation/platform'
import { novation } from '../../novation'

/** Runs one command line as if at a prompt, and answers how it ended and what it said. */
export const take = async (words: readonly string[], interrupted = new AbortController().signal) => {
  const said = { out: '', err: '' }
  const outlet = (to: 'out' | 'err') => ({
    write: async (text: string) => {
      said[to] += text
    },
    terminal: false,
    isGone: () => false,
    columns: 120,
  })
  const code = await novation(words, '0', {
    env: {},
    stdin: () => Readable.from([]),
    out: outlet('out'),
    err: outlet('err'),
    clock: systemScheduler,
    interrupted,
    temporaryFolder: tmpdir(),
    standBack: () => undefined,
    colour: false,
  })
  return { code, ...said }
}
