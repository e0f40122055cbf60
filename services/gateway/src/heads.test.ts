import { emptyPool, follow, isWhole, stateHash } from '@novation/clearing'
import { alone, tick } from '@novation/platform/kit'
import { followingHeads, type Head } from './heads'
import { market } from './kit/house'

/** A market in which commands of several events happen: fills are two, a bid ends a liquidation. */
const events = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(
  ...market,
  tick('4100'),
  ['StartLiquidation', { account: 'alice' }, 'liquidator'],
  ['BidLiquidation', { liquidation: 'alice:1', bidder: 'carol', fraction: '1' }, 'keeper:carol'],
)

describe('the head of a gateway', () => {
  it('stands at the end of a command, whatever has come of the next', () => {
    const { reactor, heads } = followingHeads()
    let head: Head = reactor.initial('main')
    const whole = emptyPool('main')
    const states = new Set([stateHash(whole)])
    for (const event of events) {
      head = reactor.evolve(head, event)
      if (isWhole(follow(whole, event))) states.add(stateHash(whole))
      expect(heads.get('main')?.book.revision).toBe(head.book.revision)
      expect(states).toContain(stateHash(head.book))
    }
    expect(events.some(({ metadata }) => (metadata.events ?? 1) > 1)).toBe(true)
    expect(stateHash(head.book)).toBe(stateHash(whole))
  })

  it('asks nothing', () => {
    const { reactor } = followingHeads()
    expect(reactor.due(events.reduce(reactor.evolve, reactor.initial('main')))).toEqual([])
  })

  it('is what it was after a checkpoint at any event, between two of one command too', () => {
    const whole = followingHeads().reactor
    const unbroken = events.reduce(whole.evolve, whole.initial('main'))
    expect(unbroken.course.rows(unbroken.book).length).toBeGreaterThan(3)
    for (let kept = 0; kept <= events.length; kept += 1) {
      const before = followingHeads().reactor
      const saved = before.snapshot?.write(events.slice(0, kept).reduce(before.evolve, before.initial('main')))
      const { reactor, heads } = followingHeads()
      const read = reactor.snapshot?.read(JSON.parse(JSON.stringify(saved)))
      if (read?._tag !== 'Right') throw new Error('the checkpoint is not read')
      const last = events.slice(kept).reduce(reactor.evolve, read.right)
      expect(heads.get('main')).toBe(last)
      expect([last.book.revision, last.book.head]).toEqual([events.length - 1, events.at(-1)?.metadata.hash])
      expect(last.course.rows(last.book)).toEqual(unbroken.course.rows(unbroken.book))
    }
  })

  it('is that of the checkpoint, though nothing happens after it and an empty one is made beside it', () => {
    const before = followingHeads().reactor
    const saved = before.snapshot?.write(events.reduce(before.evolve, before.initial('main')))
    const { reactor, heads } = followingHeads()
    void reactor.snapshot?.read(JSON.parse(JSON.stringify(saved)))
    void reactor.initial('main')
    expect(heads.get('main')?.book.revision).toBe(events.length - 1)
  })

  it('says why a checkpoint is not to be used', () => {
    expect(followingHeads().reactor.snapshot?.read({})).toMatchObject({ left: 'not the place of a gateway' })
  })
})
