const { spawnSync } = require('node:child_process')
const { buildHouse, furnish } = require('../walls/test-house')

/** What a room below offers: each is begun, made or answered somewhere else than where it may be let go. */
const room = `
export type Outcome = { readonly tag: 'sent' } | { readonly tag: 'stopped' }
export const write = async (text: string): Promise<void> => void text
export const publish = (text: string) => (): Promise<{ readonly _tag: 'Left' | 'Right' }> => Promise.resolve({ _tag: text === '' ? 'Left' : 'Right' })
export const attempt = (text: string) => (): { readonly _tag: 'Left' | 'Right' } => ({ _tag: text === '' ? 'Left' : 'Right' })
export const check = (text: string): { readonly _tag: 'Left' | 'Right' } => ({ _tag: text === '' ? 'Left' : 'Right' })
export const send = async (text: string): Promise<Outcome> => ({ tag: text === '' ? 'stopped' : 'sent' })
export const taken = async (text: string): Promise<'done' | 'stopped'> => (text === '' ? 'stopped' : 'done')
export const refused = (text: string): readonly string[] => [text]
export const each = (visit: (text: string) => void): void => visit('a')
export const now = () => [Date.now(), Math.random(), setTimeout].length
`

const imports = `import { attempt, check, each, publish, refused, send, taken, write } from '@novation/platform'
import { unlink } from 'node:fs/promises'
`

const dir = (house) => ({ cwd: house.dir, encoding: 'utf8' })

const run = (script, planted, ...args) => {
  const house = buildHouse({ 'packages/platform/src/index.ts': room, ...planted })
  try {
    furnish(house)
    // The compiler beside may say on standard error that it was closed in the middle of something: nobody asked for that.
    const { status, stdout, stderr } = spawnSync(process.execPath, [`tooling/unheeded/${script}`, ...args], dir(house))
    return { status, text: stdout, stderr }
  } finally {
    house.remove()
  }
}

const file = 'services/margin/src/planted.ts'

/** A file in whose body each of these stands on a line of its own, from the line 4 on. */
const bodyOf = (lines) =>
  `${imports}export const f = async (a: string, isIt: boolean) => {\n${lines.join('\n')}\nreturn isIt\n}\n`

/** What is wrong, by the words it is complained of with. */
const breaches = [
  [`write(a)`, 'nobody waits for this promise'],
  [`unlink(a)`, 'nobody waits for this promise'],
  [`write(a).catch(() => undefined)`, 'nobody waits for this promise'],
  [`write(a).then(() => undefined)`, 'nobody waits for this promise'],
  [`Promise.all([write(a), write(a)])`, 'nobody waits for this promise'],
  [`;[a].map(write)`, 'nobody waits for this promise'],
  [`isIt && write(a)`, 'nobody waits for this promise'],
  [`isIt ? write(a) : undefined`, 'nobody waits for this promise'],
  [`if (isIt) write(a)`, 'nobody waits for this promise'],
  [`for (; isIt; write(a)) break`, 'nobody waits for this promise'],
  [`;(write(a), 1)`, 'nobody waits for this promise'],
  [`new Promise(() => undefined)`, 'nobody waits for this promise'],
  [`each(async (text) => write(text))`, 'nobody waits for this function'],
  [`each((text) => write(text))`, 'nobody waits for this function'],
  [`;[a].forEach(async (text) => { await write(text) })`, 'nobody waits for this function'],
  [`publish(a)`, 'made and never run'],
  [`await publish(a)`, 'made and never run'],
  [`void publish(a)`, 'made and never run'],
  [`attempt(a)`, 'made and never run'],
  [`each((text) => publish(text))`, 'nobody waits for this function'],
  [`await publish(a)()`, 'nobody looks at how this ended'],
  [`void publish(a)()`, 'nobody looks at how this ended'],
  [`check(a)`, 'nobody looks at how this ended'],
  [`void check(a)`, 'nobody looks at how this ended'],
  [`await send(a)`, 'nobody looks at how this ended'],
  [`void send(a)`, 'nobody looks at how this ended'],
  [`void Promise.all([send(a)])`, 'nobody looks at how this ended'],
  [`await Promise.all([send(a)])`, 'nobody looks at how this ended'],
  [`await taken(a)`, 'nobody looks at what this answers'],
  [`void (await taken(a))`, 'nobody looks at what this answers'],
  [`refused(a)`, 'nobody looks at what this answers'],
]

const sound = [
  `await write(a)`,
  `void write(a)`,
  `void unlink(a).catch(() => undefined)`,
  `await Promise.all([write(a), write(a)])`,
  `each((text) => void write(text))`,
  `const made = publish(a)`,
  `if ((await made())._tag === 'Left') return false`,
  `switch ((await send(a)).tag) { case 'sent': break; case 'stopped': return false }`,
  `void refused(a)`,
  `await taken(a).then(() => undefined)`,
  `let last: Promise<void> | undefined`,
  `last = write(a)`,
  `await last`,
  `const seen = new Map([[a, 1]])`,
  `seen.set(a, 2)`,
  `seen.delete(a)`,
  `;[a].push(a)`,
]

describe('what nobody heeds', () => {
  it('is found wherever it comes from, each at its own place', () => {
    const { status, text } = run('index.js', { [file]: bodyOf(breaches.map(([line]) => line)) })
    const found = new Map(
      [...text.matchAll(/^services\/margin\/src\/planted\.ts:(\d+) {2}(.*)$/gm)].map(([, at, why]) => [
        Number(at),
        why,
      ]),
    )
    expect(breaches.map(([line], i) => [line, found.get(i + 4)])).toEqual(
      breaches.map(([line, words]) => [line, expect.stringContaining(words)]),
    )
    expect(found.size).toBe(breaches.length)
    expect(status).toBe(1)
  })

  it('is not what is awaited, looked at, kept, or meant', () =>
    expect(run('index.js', { [file]: bodyOf(sound) })).toMatchObject({
      status: 0,
      text: expect.stringContaining('0 values let go'),
    }))

  it('in a test is what it does not wait for; how a given ended, its assertions say', () => {
    const { text } = run('index.js', {
      'services/margin/src/a.test.ts': bodyOf(['write(a)', 'await send(a)', 'refused(a)', 'publish(a)']),
    })
    expect(text.split('\n').filter((line) => line.includes('a.test.ts'))).toEqual([
      expect.stringMatching(/:4 {2}nobody waits for this promise/),
      expect.stringMatching(/:7 {2}this is made and never run/),
    ])
  })

  it('does not pass where nothing was looked at', () =>
    expect(run('index.js', { 'empty.json': '{ "files": [] }' }, 'empty.json').status).toBe(1))
})

describe('dropping every await', () => {
  it('shows that each would be seen, also before a bracket and in a branch', () => {
    const lines = [
      'await write(a)',
      'await (isIt ? write(a) : write(a))',
      'if (isIt) await unlink(a)',
      'await Promise.all([write(a)])',
    ]
    expect(run('drop-awaits.js', { [file]: bodyOf(lines) })).toMatchObject({
      status: 0,
      text: 'dropped 4 awaits, 0 unseen\n',
    })
  })

  it('names one that would not be', () => {
    const { status, text } = run('drop-awaits.js', {
      [file]: 'export const f = async (g: () => unknown) => {\n  await g()\n}\n',
    })
    expect(text).toBe(`${file}:2  an await was dropped here and nobody saw it\ndropped 1 awaits, 1 unseen\n`)
    expect(status).toBe(1)
  })
})
