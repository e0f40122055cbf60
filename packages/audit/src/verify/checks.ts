/** Everything that a verification looks at, in the order in which it is reported, and what it means that it holds. */
export const checks = {
  order: 'revisions follow one another without a gap, from 0',
  columns: 'what the store says beside an event (type, revision) is what the event itself says',
  link: 'each event names the hash of the one before it',
  hash: 'each hash is that of the bytes of its event and of the hash before',
  id: 'each id follows from its hash',
  checkpoint: 'every signed checkpoint names the hash and the state that the ledger has at its revision',
  reading: 'each event is of a type and of a form that this program knows',
  postings: 'the postings of each event sum to zero in every asset',
  fold: 'each event can be applied to the state before it',
  command: "each command's events stand together, whole, after the command that made them",
  house: 'the house is flat at the end of every command',
  decider: 'each event names the rules that this program holds',
  signature: 'since identity was adopted, each command is signed by keys that counted then, and each signature holds',
  execution: 'each command, decided again at its recorded time, gives the same events',
  snapshot: 'every snapshot holds the state that a full replay gives',
} as const

export type Check = keyof typeof checks

/** Those of the chain alone, which need no event to be understood. */
export const chainChecks: readonly Check[] = ['order', 'columns', 'link', 'hash', 'id']

export const checkNames = Object.keys(checks) as readonly Check[]

/** Something that does not hold: where, and what was found. */
export interface Fault {
  readonly check: Check
  readonly revision: number
  readonly reason: string
}

export const fault = (check: Check, revision: number, reason: string): Fault => ({ check, revision, reason })
