import * as t from 'io-ts'
import { commandData } from './commands'
import { eventData } from './event-data'
import { FieldsType } from './fields'
import { streamOf, topics } from './topics'

/** The names of all codecs with fields that stand in a codec, at any depth. */
const namesIn = (codec: t.Mixed): readonly string[] => {
  if (codec instanceof t.ReadonlyArrayType) return namesIn(codec.type)
  if (!(codec instanceof FieldsType)) return []
  return [codec.name, ...Object.values<t.Mixed>({ ...codec.required, ...codec.optional }).flatMap(namesIn)]
}

const shared: Readonly<Record<string, string>> = { SetPoolParameters: 'PoolParametersChange' }

describe('the name', () => {
  it.each(Object.entries<t.Mixed>({ ...commandData, ...eventData }))(
    'of what is carried is that of its type: %s',
    (type, codec) => expect(codec.name).toBe(shared[type] ?? type),
  )

  it('of each part is one, of letters', () => {
    const names = [...Object.values<t.Mixed>(commandData), ...Object.values<t.Mixed>(eventData)].flatMap(namesIn)
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z]+$/)
  })

  it('of a pool is that of its stream, in a category of their own', () => expect(streamOf('main')).toBe('ledger-main'))

  it('of each topic begins with that of the house', () =>
    expect(Object.values(topics)).toEqual([
      'novation.commands',
      'novation.events',
      'novation.dead-letters',
      'novation.quotes',
    ]))
})
