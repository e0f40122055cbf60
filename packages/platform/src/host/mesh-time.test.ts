import { emptyPool } from '@novation/clearing'
import { parseTime } from '@novation/events'
import { passUntil, startMesh } from './mesh'

const due = parseTime('2020-03-12T10:00:00Z')

jest.mock('@novation/clearing', () => ({
  ...jest.requireActual('@novation/clearing'),
  nextDue: () => due,
}))

describe('time that the ledger does not let pass', () => {
  it('ends in a message, and is not asked for again for ever', () =>
    expect(() => passUntil(startMesh(emptyPool('main'), []), due, 10)).toThrow(
      'time does not pass at 2020-03-12T10:00:00.000Z',
    ))
})
