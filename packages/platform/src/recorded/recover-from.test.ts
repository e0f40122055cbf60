import { emptyPool, stateHash } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { hostReactor } from '../host/hosted'
import { market, price, sendAll, trade } from '../host/kit/market'
import { caller, starter } from '../host/kit/services'
import { startMesh } from '../host/mesh'
import { recoverFrom } from './recover-from'

const fresh = () => startMesh(emptyPool('main'), [hostReactor(caller, 'main'), hostReactor(starter, 'main')])

async function* following(events: readonly LedgerEvent[]): AsyncIterable<LedgerEvent> {
  yield* events
}

describe('a mesh that reads its history as a stream', () => {
  const commands = [...market({ alice: '100', bob: '100000' }), trade('alice', 'bob', '10'), price('94', 1)]
  const { events, mesh } = sendAll(fresh(), commands)

  it('ends where it stood, and asks for nothing that was answered', async () => {
    const again = fresh()
    expect((await recoverFrom(again, following(events), 100)).events).toEqual([])
    expect(stateHash(again.pool)).toBe(stateHash(mesh.pool))
  })

  it('does what was asked and never answered', async () => {
    const step = await recoverFrom(fresh(), following(events.slice(0, -1)), 100)
    expect(step.events.map(({ id }) => id)).toEqual(events.slice(-1).map(({ id }) => id))
  })
})
