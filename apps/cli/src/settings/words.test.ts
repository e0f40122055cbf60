import { optional } from './flag'
import { PathText, Switch } from './texts'
import { readWords } from './words'

const flags = {
  ledger: optional('DIR', PathText, 'the folder'),
  maxSettle: optional('N', PathText, 'commands'),
  events: { codec: Switch, help: 'print them', required: false, fallback: 'false' },
}

describe('the words of a command line', () => {
  it('are flags with = or with a blank, switches, and operands in between', () => {
    const { given, operands, problems } = readWords(
      ['--ledger=x', 'a.ndjson', '--max-settle', '7', '--events'],
      flags,
      ['[FILE]'],
    )
    expect({ given, operands, problems }).toEqual({
      given: { ledger: 'x', maxSettle: '7', events: true },
      operands: ['a.ndjson'],
      problems: [],
    })
  })

  it('that have no place are all named at once', () => {
    expect(readWords(['--ledgre=x', '-q', '--ledger', '--events', 'a', 'b'], flags, ['[FILE]']).problems).toEqual([
      'there is no flag --ledgre; there is --ledger, --max-settle, --events',
      'there is no flag -q; there is --ledger, --max-settle, --events',
      '--ledger needs a value: --ledger=DIR',
      '"b" is one word too many',
    ])
  })

  it('include a dash for standard input, and anything after two dashes', () => {
    expect(readWords(['-'], flags, ['[FILE]']).operands).toEqual(['-'])
    expect(readWords(['--', '--odd'], flags, ['[FILE]']).operands).toEqual(['--odd'])
  })

  it('lack an operand that is needed', () => {
    expect(readWords([], flags, ['<FILE>', '[MORE]']).problems).toEqual(['<FILE> is missing'])
  })

  it('know no flag that every object has', () => {
    expect(readWords(['--constructor=1', '--to-string=1'], flags, []).problems).toHaveLength(2)
  })
})
