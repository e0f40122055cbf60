import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { linesOf, madeHistory, settings } from '../../apps/cli/src/run/kit/made'

/**
 * Whether two versions decide alike: this one makes a market of several pools, with liquidations, bulks, deleveraging and
 * several assets, and the version in another checkout decides every command of it again. Each event must be the same to
 * the byte, and so must the state after every hundredth command and after the last.
 *
 *   npm run equality -- --before=CHECKOUT [--events=1000000] [--accounts=1200] [--seed=1] [--worlds=1]
 */
const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    events: { type: 'string', default: '1000000' },
    accounts: { type: 'string', default: '1200' },
    seed: { type: 'string', default: '1' },
    worlds: { type: 'string', default: '1' },
  },
})

/** Of all events, by pool. */
const shares = [0.6, 0.3, 0.1]
const mebibyte = 1_048_576

const decidingAgain = (checkout: string, pool: string): ChildProcess =>
  spawn(
    process.execPath,
    ['--require', join(checkout, 'packages/testing/register.js'), join(__dirname, 'again.ts'), pool],
    { cwd: checkout, stdio: ['pipe', 'pipe', 'inherit'] },
  )

const told = async ({ stdout }: ChildProcess): Promise<string> => {
  let text = ''
  for await (const chunk of stdout ?? []) text += String(chunk)
  return text
}

/** One world: every pool of one seed. */
const compare = async (checkout: string, seed: number): Promise<boolean> => {
  let isSame = true
  for (const [i, setting] of settings(Number(values.accounts)).entries()) {
    const child = decidingAgain(checkout, setting.pool)
    // One that has found a difference reads no more.
    child.stdin?.on('error', () => undefined)
    const found = told(child)
    const ended = once(child, 'close')
    const kinds = new Map<string, number>()
    let text = ''
    const events = Math.ceil(Number(values.events) * (shares[i] ?? 0))
    const write = async (): Promise<void> => {
      if (child.stdin?.write(text) === false) await Promise.race([once(child.stdin, 'drain'), ended])
      text = ''
    }
    for (const made of madeHistory(setting, seed + i, events)) {
      for (const { type } of made.events) kinds.set(type, (kinds.get(type) ?? 0) + 1)
      text += linesOf(made)
      if (text.length > mebibyte) await write()
      if (child.exitCode !== null) break
    }
    await write()
    child.stdin?.end()
    const [code] = await ended
    isSame &&= code === 0
    const most = [...kinds].sort(([, a], [, b]) => b - a).map(([type, count]) => `${type} ${count}`)
    process.stdout.write(`${setting.pool}, seed ${seed + i}: ${(await found).trim()}\n  made of ${most.join(', ')}\n`)
  }
  return isSame
}

const compareAll = async (checkout: string): Promise<boolean> => {
  let isSame = true
  for (let world = 0; world < Number(values.worlds) && isSame; world += 1)
    isSame = await compare(checkout, Number(values.seed) + world * shares.length)
  return isSame
}

if (values.before === undefined) throw new Error('--before=CHECKOUT is missing')
void compareAll(resolve(values.before)).then((isSame) => {
  process.stdout.write(isSame ? 'the same, event by event and state by state\n' : 'NOT the same\n')
  process.exitCode = isSame ? 0 : 1
})
