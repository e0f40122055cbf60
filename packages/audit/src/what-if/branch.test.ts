import { calm, runLines, services } from '../test-world'
import { openBranch } from './branch'
import { overrideEvent } from './overrides'

const history = runLines(calm)
const severe = { model: 'tiered', tiers: [{ initial: '0.9', maintenance: '0.8' }] } as const
const overrides = { pool: {}, instruments: { 'BTC-PERP': { margin: severe } } }

describe('two histories that are read side by side', () => {
  it('are each followed by services of their own: what is due in one is not looked up in the other', () => {
    const [recorded, changed] = [openBranch('main', services, 1_000), openBranch('main', services, 1_000)]
    for (const event of history) {
      recorded.read(event)
      changed.read(overrideEvent(event, overrides))
    }
    for (const branch of [recorded, changed]) branch.begin()
    expect(recorded.outcome().called).toEqual([])
    expect(changed.outcome().called).toEqual(['alice', 'bob'])
  })
})
