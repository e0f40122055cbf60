import { oneOf, wholeNumber } from '@novation/events'
import { defaulted, optional, required } from './flag'
import { flagName, readSettings, variableName } from './read-settings'
import { PathText, PlaceText, Switch, TimeOfDay } from './texts'

const flags = {
  ledger: required('DIR', PathText, 'the folder'),
  maxSettle: defaulted('N', wholeNumber(1, 100), '10', 'commands'),
  until: optional('TIME', TimeOfDay, 'a time'),
  events: { codec: Switch, help: 'print them', required: false, fallback: 'false' },
}

describe('settings', () => {
  it('come from the command line before the environment, and from there before the default', () => {
    const env = { NOVATION_LEDGER: 'env', NOVATION_MAX_SETTLE: '20' }
    expect(readSettings(flags, { ledger: 'line' }, env)).toMatchObject({ right: { ledger: 'line', maxSettle: 20 } })
    expect(readSettings(flags, {}, env)).toMatchObject({ right: { ledger: 'env', maxSettle: 20, events: false } })
    expect(readSettings(flags, { ledger: 'line' }, {})).toMatchObject({ right: { maxSettle: 10 } })
  })

  it('come from a file where neither names them', () => {
    const file = { path: 'x.json', texts: { ledger: 'file', 'max-settle': '30', until: 'noon' } }
    const read = readSettings(flags, { until: '2020-03-12T10:00:00Z' }, { NOVATION_LEDGER: 'env' }, file)
    expect(read).toMatchObject({ right: { ledger: 'env', maxSettle: 30 } })
    expect(readSettings(flags, {}, {}, file)).toMatchObject({
      left: ['x.json: until: expected an RFC 3339 time, such as 2020-03-12T10:00:00Z, found "noon"'],
    })
  })

  it('that cannot be used are listed all at once, each by where it came from', () => {
    const read = readSettings(flags, { maxSettle: '0', until: 'noon' }, { NOVATION_EVENTS: 'perhaps' })
    expect(read).toEqual({
      _tag: 'Left',
      left: [
        '--ledger=DIR is missing (or NOVATION_LEDGER): the folder',
        '--max-settle: expected a whole number from 1 to 100, found "0"',
        '--until: expected an RFC 3339 time, such as 2020-03-12T10:00:00Z, found "noon"',
        'NOVATION_EVENTS: expected true or false, found "perhaps"',
      ],
    })
  })

  it('are left out where they are optional and nobody gives them', () => {
    const read = readSettings(flags, { ledger: 'x' }, {})
    expect(read._tag === 'Right' && read.right.until).toBeUndefined()
  })

  it('have one name on the command line and one in the environment', () => {
    expect([flagName('maxSettle'), variableName('maxSettle')]).toEqual(['--max-settle', 'NOVATION_MAX_SETTLE'])
  })

  it('are quoted shortly where they are long', () => {
    const read = readSettings(flags, { ledger: 'x', maxSettle: '9'.repeat(10_000) }, {})
    expect(read._tag === 'Left' && read.left[0]?.length).toBeLessThan(150)
  })
})

describe('a place in a ledger', () => {
  it('is a word, a revision, or @ and a time', () => {
    expect(PlaceText.decode('start')).toMatchObject({ right: { tag: 'start' } })
    expect(PlaceText.decode('812')).toMatchObject({ right: { tag: 'revision', revision: 812 } })
    expect(PlaceText.decode('@2020-03-12T10:00:00Z')).toMatchObject({ right: { tag: 'time', at: 1584007200000 } })
  })

  it.each(['', '-1', '1.5', '@', '@noon', '2020-03-12T10:00:00Z', '@2020-02-30T10:00:00Z', 'END'])(
    'is not %p',
    (text) => {
      expect(PlaceText.decode(text)._tag).toBe('Left')
    },
  )
})

describe('a choice', () => {
  it('is one of its words, whole', () => {
    expect(oneOf('json', 'table').decode('json')).toMatchObject({ right: 'json' })
    expect(oneOf('json', 'table').decode('jso')._tag).toBe('Left')
  })
})
