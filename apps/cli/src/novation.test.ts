import { writeFileSync } from 'node:fs'
import { commands } from './commands'
import { exitCodes } from './exit-code'
import { testWorld } from './test-world'

const { take, folder } = testWorld()

describe('the command line', () => {
  it('tells what there is, and about each command everything it takes', async () => {
    const general = await take(['--help'])
    expect(general.code).toBe(exitCodes.ok)
    for (const { name, flags, examples } of commands) {
      expect(general.out).toContain(`  ${name} `)
      const { code, out, err } = await take([name, '--help'])
      expect({ code, err }).toEqual({ code: exitCodes.ok, err: '' })
      for (const example of examples) expect(out).toContain(example)
      expect(out.match(/\[NOVATION_/g)).toHaveLength(Object.keys(flags).length)
      expect((await take(['help', name])).out).toBe(out)
    }
  })

  it('says its version', async () => {
    expect(await take(['--version'])).toEqual({ code: exitCodes.ok, out: 'novation 1.2.3\n', err: '' })
  })

  it.each([
    [[], 'which command?'],
    [['dmeo'], 'there is no command dmeo'],
    [['--ledger=x'], 'there is no flag --ledger=x'],
    [['constructor'], 'there is no command constructor'],
    [['run', 'a', 'b', '--ledgre=x'], 'there is no flag --ledgre'],
  ])('answers %j with exit code 2 and what to do', async (words, what) => {
    const { code, out, err } = await take(words)
    expect({ code, out }).toEqual({ code: exitCodes.usage, out: '' })
    expect(err).toContain(what)
    expect(err).toMatch(/what to do: see `novation.* --help`\n {2}id: usage\n$/)
  })

  it('names every problem of a command line at once', async () => {
    const { err } = await take(['run', 'a', 'b', '--max-settle=none'], { env: { NOVATION_UNTIL: 'noon' } })
    expect(err.split('\n').filter((line) => line.startsWith('novation run: '))).toHaveLength(4)
  })

  it('takes settings from the environment', async () => {
    const { code, err } = await take(['solvency'], { env: { NOVATION_LEDGER: folder('nowhere') } })
    expect(code).toBe(exitCodes.failed)
    expect(err).toContain(`there is no ledger in ${folder('nowhere')}`)
    expect(err).toContain('id: no-ledger')
  })

  describe('takes settings from a file', () => {
    const file = (name: string, content: string): string => {
      writeFileSync(folder(name), content)
      return folder(name)
    }
    const solvency = (path: string) => take(['solvency'], { env: { NOVATION_SETTINGS: path } })

    it('that serves other commands too', async () => {
      const shared = file('shared.json', JSON.stringify({ ledger: folder('filed'), 'stalled-after': 30 }))
      expect((await solvency(shared)).err).toContain(`there is no ledger in ${folder('filed')}`)
      expect((await take(['solvency', `--settings=${shared}`, '--ledger=given'])).err).toContain('no ledger in given')
    })

    it.each([
      ['a mistake in a name', '{"ledgre":"x"}', 'no command has a setting "ledgre"'],
      ['a list', '{"ledger":["x"]}', 'ledger must be a text, a number, true or false'],
      ['no object', '[]', 'expected an object such as {"kafka": "localhost:9092"}'],
      ['no JSON', '{', 'JSON'],
    ])('and says what is wrong with one: %s', async (name, content, what) => {
      const { code, err } = await solvency(file(`${name}.json`, content))
      expect(code).toBe(exitCodes.usage)
      expect(err).toContain(what)
    })

    it('and says when it is not there', async () => {
      expect((await solvency(folder('none.json'))).err).toContain('ENOENT')
    })
  })
})
