import { open, PoolName } from '@novation/events'
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { jsonAnswer } from './answers'
import { value } from './described'
import { ofPool } from './line'

const CheckpointForm = open('Checkpoint', {
  statement: open('CheckpointStatement', {
    pool: PoolName,
    revision: t.number,
    hash: t.string,
    stateHash: t.string,
    at: t.string,
  }),
  key: t.string,
  signature: t.string,
})

/** So many of the last are told: one stands for all events before it. */
const most = 1_000

/** A line that is none, or is still being written, is nobody's word. */
const checkpointIn = (line: string): t.TypeOf<typeof CheckpointForm> | undefined => {
  try {
    const read = CheckpointForm.decode(JSON.parse(line))
    return read._tag === 'Right' ? read.right : undefined
  } catch {
    return undefined
  }
}

/** What was signed of the ledger, as it stands in the file that is named. Whether it is to be believed, the reader's own key says. */
export const checkpoints = ofPool({
  method: 'GET',
  path: '/checkpoints',
  name: 'checkpoints',
  summary: 'What was signed of the ledger, the last 1,000 in the order in which they were signed',
  seenBy: 'public',
  query: {},
  answers: value(open('Checkpoints', { items: t.readonlyArray(CheckpointForm) })),
  serve: async ({ checkpoints: text }, { head }) => {
    const items = (await text())
      .split('\n')
      .flatMap((line) => checkpointIn(line) ?? [])
      .filter(({ statement }) => statement.pool === head.book.name)
    return right(jsonAnswer({ items: items.slice(-most) }))
  },
})
