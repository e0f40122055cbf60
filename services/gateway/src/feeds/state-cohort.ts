import type { Channel } from './channels'
import { type Connection, isSlow } from './connection'
import { type Seen, type State, stampOf, states } from './states'
import { inside, type Standing, type Wire } from './wire'

type StateChannel = Extract<Channel, { readonly state: unknown }>

/** One who is told how something stands. */
export interface StateReader {
  readonly connection: Connection
  readonly channel: StateChannel
  readonly own: string | undefined
}

type Texts = ReadonlyMap<string, string>

const textsOf = (state: State | undefined): Texts | undefined =>
  state === undefined
    ? undefined
    : new Map(
        Object.entries(state).flatMap(([key, value]) => (value === undefined ? [] : [[key, JSON.stringify(value)]])),
      )

const objectOf = (texts: Iterable<readonly [string, string]>): string =>
  `{${[...texts].map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`

/** What has changed, by key; of what is gone, null. */
const changesOf = (before: Texts, now: Texts): readonly (readonly [string, string])[] => [
  ...[...now].filter(([key, text]) => before.get(key) !== text),
  ...[...before.keys()].filter((key) => !now.has(key)).map((key) => [key, 'null'] as const),
]

/** Whether it may stand otherwise though nothing has happened in the pool. */
const isOfNoLedger = ({ state }: StateChannel): boolean => state === 'system' || state === 'jobs'

/** All who are told how the same thing stands: once as it is, then what changes. There is no queue: the newest is told. */
export class StateCohort {
  readonly #readers = new Set<StateReader>()
  /** Who missed something, and is told all of it anew once he reads again. */
  readonly #behind = new Set<StateReader>()
  #known: Texts | undefined
  #stamp: unknown
  #at: Standing
  told_at: number

  constructor(
    readonly pool: string,
    readonly wire: Wire,
    readonly channel: StateChannel,
    readonly own: string | undefined,
    seen: Omit<Seen, 'of' | 'own'>,
    at: Standing,
    now: number,
  ) {
    this.#at = at
    this.told_at = now
    void this.#look(seen)
  }

  get size(): number {
    return this.#readers.size
  }

  join(reader: StateReader): void {
    this.#readers.add(reader)
    reader.connection.out.write(this.#snapshot())
  }

  leave(reader: StateReader): void {
    this.#readers.delete(reader)
    this.#behind.delete(reader)
  }

  /** Those who are to be told what has changed, and what. */
  *tell(seen: Omit<Seen, 'of' | 'own'>, at: Standing, now: number): Generator<[StateReader, string | Uint8Array]> {
    const before = this.#known
    const isSame = this.#at.hash === at.hash && !isOfNoLedger(this.channel)
    this.#at = at
    if (!isSame && this.#look(seen)) {
      const changed = before === undefined || this.#known === undefined ? undefined : changesOf(before, this.#known)
      const isChanged = changed === undefined ? before !== this.#known : changed.length > 0
      if (isChanged) {
        this.told_at = now
        const bytes = changed === undefined ? this.#snapshot() : this.#message('delta', objectOf(changed))
        for (const reader of this.#readers) {
          if (this.#behind.has(reader)) continue
          if (isSlow(reader.connection)) this.#behind.add(reader)
          else yield [reader, bytes]
        }
      }
    }
    for (const reader of this.#behind)
      if (!isSlow(reader.connection)) {
        this.#behind.delete(reader)
        yield [reader, this.#snapshot()]
      }
  }

  *keepUp(at: Standing, now: number): Generator<[StateReader, string | Uint8Array]> {
    this.told_at = now
    const fields = { kind: 'heartbeat', revision: at.revision, at: at.at, head: at.revision }
    const bytes = this.wire.put(this.pool, { channel: this.channel.word, rest: inside(fields) })
    for (const reader of this.#readers) if (!isSlow(reader.connection)) yield [reader, bytes]
  }

  /** Whether it may stand otherwise than before. */
  #look(seen: Omit<Seen, 'of' | 'own'>): boolean {
    const whose = { ...seen, of: this.channel.of, own: this.own }
    const stamp = this.channel.state === 'accounts' ? stampOf(whose) : undefined
    if (stamp !== undefined && stamp === this.#stamp) return false
    this.#stamp = stamp
    this.#known = textsOf(states[this.channel.state](whose))
    return true
  }

  #snapshot(): string | Uint8Array {
    return this.#message('snapshot', this.#known === undefined ? 'null' : objectOf(this.#known))
  }

  #message(kind: 'snapshot' | 'delta', data: string): string | Uint8Array {
    const { revision, at } = this.#at
    return this.wire.put(this.pool, {
      channel: this.channel.word,
      rest: `"kind":"${kind}","revision":${revision},"at":"${at}","data":${data}`,
    })
  }
}
