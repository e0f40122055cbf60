import type { Command, LedgerEvent } from '@novation/events'
import { type Delivery, quiet } from '@novation/platform'
import { alone } from '@novation/platform/kit'
import { market } from '../kit/house'
import { requestHeader, startWaiting, waitingLimit } from './waiting'

const [opened] = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(...market)
const command = opened?.metadata.command
if (opened === undefined || command === undefined) throw new Error('nothing was decided')
const other = { ...command, type: 'OpenAccount', data: { account: 'somebody-else' } } as Command
const decided: readonly LedgerEvent[] = [opened]

const letter = (request: string): Delivery => ({
  topic: 'novation.dead-letters',
  partition: 0,
  offset: '0',
  timestamp_ms: 0,
  key: command.pool,
  value: Buffer.from(''),
  headers: { [requestHeader]: request, dead_reason: 'too-old', dead_text: 'it says so itself' },
})

const waitingAt = () => {
  const clock = { now: 0 }
  return { clock, waiting: startWaiting(() => clock.now) }
}

/** What was heard by now. */
const heard = async (outcome: Promise<unknown>): Promise<unknown> => {
  let so: unknown
  void outcome.then((each) => {
    so = each
  })
  await quiet()
  return so
}

describe('a command that is on its way', () => {
  it('hears how it ended, and is waited for no more', async () => {
    const { waiting } = waitingAt()
    const sent = waiting.begin('r/0', command)
    waiting.decided(decided)
    expect(await heard(sent.outcome)).toMatchObject({ tag: 'accepted', revision: opened.revision })
    expect([waiting.isWaiting(command), waiting.size()]).toEqual([false, 0])
  })

  it('does not hear how another wish under its id ended: of that its dead letter tells', async () => {
    const { waiting } = waitingAt()
    const sent = waiting.begin('r/0', other)
    waiting.decided(decided)
    expect(await heard(sent.outcome)).toBeUndefined()
    waiting.buried(letter('r/0'))
    expect(await heard(sent.outcome)).toMatchObject({ tag: 'refused', problem: { code: 'too-old' } })
  })

  it('that was refused is known as refused until it is sent again', () => {
    const { waiting } = waitingAt()
    void waiting.begin('r/0', command)
    waiting.buried(letter('r/0'))
    expect(waiting.refusal(command)).toMatchObject({ code: 'too-old', detail: 'it says so itself' })
    void waiting.begin('r/1', command)
    expect(waiting.refusal(command)).toBeUndefined()
  })

  it('of which nothing was heard for five minutes was lost: the wish is sent anew then, and not before', () => {
    const { clock, waiting } = waitingAt()
    const sent = waiting.begin('r/0', command)
    clock.now = 299_999
    expect([waiting.size(), waiting.same(command, sent.wish)]).toEqual([1, sent])
    clock.now = 300_000
    expect([waiting.size(), waiting.same(command, sent.wish)]).toEqual([0, undefined])
  })

  it('that never went out is nobody else to wait for', () => {
    const { waiting } = waitingAt()
    const sent = waiting.begin('r/0', command)
    waiting.withdraw(sent)
    expect([waiting.isWaiting(command), waiting.same(command, sent.wish), waiting.size()]).toEqual([
      false,
      undefined,
      0,
    ])
  })

  it('of as many refusals as may be on their way at once the oldest is forgotten', () => {
    const { waiting } = waitingAt()
    const named = (i: number): Command => ({ ...command, id: `c-${i}` })
    for (let i = 0; i <= waitingLimit; i += 1) {
      void waiting.begin(`r/${i}`, named(i))
      waiting.buried(letter(`r/${i}`))
    }
    expect([0, 1, waitingLimit].map((i) => waiting.refusal(named(i))?.code)).toEqual([undefined, 'too-old', 'too-old'])
  })
})
