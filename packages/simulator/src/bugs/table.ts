import type { Finding } from '../checks/findings'
import { type Course, runWorld } from '../mesh/run-world'
import type { Bug } from './bug'
import { bugs } from './catalogue'

/** The world of a seed with a bug planted in it. */
export const infested = ({ parts, again, traits, faults }: Bug, seed: number): Course => ({
  seed,
  parts,
  again,
  ...(traits === undefined ? {} : { traits }),
  ...(faults === undefined ? {} : { faults, fullForce: true }),
})

/** After how many seeds, from the first, a planted bug was caught, and by what; nothing where it was not in time. */
export const caughtAfter = async (
  bug: Bug,
): Promise<{ readonly seeds: number; readonly finding: Finding } | undefined> => {
  for (let seed = 1; seed <= bug.within; seed += 1) {
    const { finding } = await runWorld(infested(bug, seed))
    if (finding !== undefined) return { seeds: seed, finding }
  }
  return undefined
}

const worldsOf = ({ traits, faults }: Bug): string =>
  [
    traits === undefined ? 'of all kinds' : traits.length === 0 ? 'plain' : `with ${traits.join(', ')}`,
    ...(faults === undefined ? [] : faults.length === 0 ? ['in calm'] : [`amid ${faults.join(', ')}`]),
  ].join('; ')

/** Prints the table of docs/simulation.md; 1 where a bug was not caught. */
export const bugTable = async (say: (line: string) => void): Promise<number> => {
  say('| planted bug | what is wrong | in worlds | caught after | by | at most |')
  say('|---|---|---|---|---|---|')
  let missed = 0
  for (const bug of bugs) {
    const caught = await caughtAfter(bug)
    if (caught === undefined) missed += 1
    const after = caught === undefined ? 'not caught' : String(caught.seeds)
    say(
      `| \`${bug.name}\` | ${bug.mistake} | ${worldsOf(bug)} | ${after} | ${caught?.finding.check ?? ''} | ${bug.within} |`,
    )
  }
  return missed === 0 ? 0 : 1
}
