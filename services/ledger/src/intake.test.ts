import { readCommand } from './intake'

const read = (command: object, timestamp_ms = 1_000) =>
  readCommand({ value: Buffer.from(JSON.stringify(command)), timestamp_ms })

const open = { id: 'open-alice', type: 'OpenAccount', pool: 'main', actor: 'venue', data: { account: 'alice' } }
const malformed = (text: string) => ({ _tag: 'Left', left: { code: 'malformed', text } })

describe('a record that is read as a command', () => {
  it('is of the time at which it was written to the topic, where it names none', () =>
    expect(read(open, 61_000)).toMatchObject({ right: { at: '1970-01-01T00:01:01.000Z' } }))

  it('keeps the time that it names', () =>
    expect(read({ ...open, at: '2020-03-12T10:00:00.000Z' })).toMatchObject({
      right: { at: '2020-03-12T10:00:00.000Z' },
    }))

  it('may begin with a byte-order mark', () => {
    const value = Buffer.from(`\uFEFF${JSON.stringify(open)}`)
    expect(readCommand({ value, timestamp_ms: 0 })).toMatchObject({ _tag: 'Right', right: { id: 'open-alice' } })
  })

  it('must say who sends it', () => {
    const { actor: _, ...anonymous } = open
    expect(read(anonymous)).toEqual(malformed('actor: who sends this must be said'))
    expect(read({ ...open, actor: 'nobody' })).toEqual(malformed('actor: who sends this must be said'))
  })

  it('must say, for a price, when that was observed', () => {
    const price = { ...open, type: 'PublishPrice', actor: 'oracle', data: { instrument: 'BTC-PERP', price: '1' } }
    expect(read(price)).toEqual(malformed('data.observedAt: a price must say when it was observed'))
    const observed = { ...price, data: { ...price.data, observedAt: '2020-03-12T10:00:00.000Z' } }
    expect(read(observed)).toMatchObject({ _tag: 'Right' })
  })
})
