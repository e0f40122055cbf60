import { BrokenInvariant } from '@novation/clearing'
import { Halted } from '@novation/platform'
import { endingOf } from './ending'

describe('a service that had to stop', () => {
  it.each([
    ['was told to', new Halted('stopped', 'told to stop'), 0, 'stopped: told to stop'],
    ['was overtaken by another ledger', new Halted('fenced', 'another writes'), 5, 'fenced: another writes'],
    ['met what Kafka refuses for good', new Halted('refused', 'too large'), 5, 'refused: too large'],
    ['has a full disk', new Halted('disk-failed', 'no space'), 5, 'disk-failed: no space'],
    ['met another history', new Halted('fork', 'a backup'), 3, 'fork: a backup'],
    ['cannot read its history', new Halted('broken-history', 'not JSON'), 3, 'broken-history: not JSON'],
    ['found an invariant broken', new BrokenInvariant('not flat'), 3, 'BrokenInvariant: not flat'],
    ['lost a part', new Error('no broker'), 5, 'a part this service depends on is gone for good: no broker'],
  ])('because it %s', (_, error, code, message) => expect(endingOf(error)).toEqual({ code, message }))
})
