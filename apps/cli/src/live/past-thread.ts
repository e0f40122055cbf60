import { folderShelf } from '@novation/audit'
import { streamOf } from '@novation/events'
import { answerPast } from '@novation/gateway'
import { answerThread } from '@novation/platform'
import { openLedger } from '../ledger/open-ledger'
import { shelfOf } from '../ledger/shelf'
import type { PastOf } from './gateway'

answerThread(({ ledger }: PastOf) => {
  const store = openLedger(ledger)
  const shelf = folderShelf(shelfOf({ snapshots: undefined, ledger }))
  return answerPast((pool) => (from) => store.read(streamOf(pool), from), shelf)
})
