import { type Pool, stateHash, statementOf } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { type RealMesh, until } from './real-mesh'

interface Named {
  readonly id: string
}

export const outcomesIn = (events: readonly LedgerEvent[]): readonly string[] =>
  events.flatMap(({ metadata: { command } }) => (command === undefined ? [] : [command.id]))

/** What some service has yet to ask for, or time to bring about. */
const open = ({ standing, liquidations }: Pool): readonly string[] => [
  ...Object.entries(standing.duties).flatMap(([duty, names]) => [...names].map((name) => `${duty} ${name} is due`)),
  ...[...liquidations.keys()].map((name) => `${name} is liquidated`),
]

/** Settles once nothing is left to do. */
export const nothingOpen = async (mesh: RealMesh): Promise<void> => {
  let left: readonly string[] = []
  await until(
    async () => {
      left = open(await mesh.folded())
      return left.length === 0
    },
    () => left.join('; '),
  )
}

/** What is not as it must be of a ledger that has had time: lost, doubled, or still to do. */
const unsound = async (mesh: RealMesh, sent: readonly Named[]): Promise<readonly string[]> => {
  const outcomes = outcomesIn(await mesh.ledger())
  const pool = await mesh.folded()
  return [
    ...sent.filter(({ id }) => !outcomes.includes(id)).map(({ id }) => `${id} has no outcome`),
    ...outcomes.filter((id, i) => outcomes.indexOf(id) !== i).map((id) => `${id} was decided twice`),
    ...open(pool),
    ...statementOf(pool).assets.flatMap(({ asset, imbalance }) =>
      imbalance === '0' ? [] : [`${asset} is off by ${imbalance}`],
    ),
  ]
}

/** A killed consumer keeps its partition until its session ends, so the mesh is given time; in the end all must hold. */
export const expectSound = async (mesh: RealMesh, sent: readonly Named[]): Promise<void> => {
  let wrong: readonly string[] = []
  await until(
    async () => {
      await mesh.quiet()
      wrong = await unsound(mesh, sent)
      return wrong.length === 0
    },
    () => wrong.slice(0, 5).join('; '),
  )
}

/** The ledger, told to stop, must have come to where the recorded history folds to. */
export const expectLedgerAsFolded = async (mesh: RealMesh): Promise<void> => {
  const ledger = mesh.services.get('ledger')
  expect(await ledger?.kill('SIGTERM')).toBe(0)
  const folded = await mesh.folded()
  const said = ledger
    ?.log()
    .split('\n')
    .find((line) => line.includes('"msg":"the ledger rests"'))
  const { name: pool, revision, head } = folded
  expect(JSON.parse(said ?? '{}')).toMatchObject({ pool, revision, head, state: stateHash(folded) })
}
