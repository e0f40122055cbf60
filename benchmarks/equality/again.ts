import { createInterface } from 'node:readline'
import { verify } from '@novation/audit'
import { stateHash } from '@novation/clearing'
import type { Stored } from '@novation/events'

/**
 * Runs in another checkout, by the rules of that one: decides every command on standard input again, compares each event
 * and each state that is given, and prints what it found as one line of JSON. `pool` is the only argument.
 */
const pool = process.argv[2] ?? 'main'
const expected = new Map<number, string>()
let states = 0
let wrong: string | undefined

type Line = Stored | { readonly at: number; readonly state: string }

async function* history(): AsyncIterable<Stored> {
  for await (const text of createInterface({ input: process.stdin })) {
    const line: Line = JSON.parse(text)
    if ('state' in line) expected.set(line.at, line.state)
    else yield line
  }
}

const main = async (): Promise<void> => {
  const { sound, events, decidedAgain, firstBroken, head, checks } = await verify(history(), {
    pool,
    onState: (state, { revision }) => {
      const due = expected.get(revision)
      if (due === undefined) return
      states += 1
      expected.delete(revision)
      if (stateHash(state) !== due) wrong ??= `after revision ${revision} the state is another one`
    },
  })
  const broken = checks.find(({ outcome }) => outcome === 'broken')
  if (!sound) wrong ??= `at revision ${firstBroken?.revision}: ${broken?.check}: ${broken?.reason}`
  process.stdout.write(
    `${JSON.stringify({ events, decidedAgain, states, head, ...(wrong === undefined ? {} : { wrong }) })}\n`,
  )
  process.exitCode = wrong === undefined ? 0 : 1
}

void main()
