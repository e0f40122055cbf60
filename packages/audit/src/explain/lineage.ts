import type { LedgerEvent } from '@novation/events'

/** An event, and the command it was made by. */
export interface Origin {
  readonly revision: number
  readonly type: string
  readonly at: string
  /** `revision` is that of the command's first event. */
  readonly command: { readonly id: string; readonly type: string; readonly actor: string; readonly revision: number }
}

interface Group {
  readonly first: number
  readonly command: Origin['command']
  /** The event that made a service ask, by its id; an outsider's command names itself. */
  readonly causationId: string
  readonly at: string
}

/** Which event set a time that fell due later: so that what time brings about has a cause too. */
const duties = (event: LedgerEvent): readonly string[] => {
  switch (event.type) {
    case 'MarginCall':
      return [`margin-call ${event.data.account}`]
    case 'DebitCalled':
      return [`debit ${event.data.account}`]
    case 'LiquidationStarted':
    case 'AuctionTurned':
      return [`auction ${event.data.liquidation}`]
    case 'InstrumentListed':
    case 'InstrumentDelisting':
      return [`expiry ${event.data.instrument}`, `fixing ${event.data.instrument}`]
    case 'InstrumentParametersSet':
      return [`terms ${event.data.instrument}`]
    case 'AssetParametersSet':
      return [`terms ${event.data.asset}`]
    case 'LiquidationEnded':
      return [`loss ${event.data.account}`]
    default:
      return []
  }
}

/** Who made what because of what, over a whole history. It is filled as the history is read. */
export interface Lineage {
  readonly add: (event: LedgerEvent) => void
  readonly revisionOf: (id: string) => number | undefined
  readonly origin: (revision: number) => Origin | undefined
  /** From the event that caused this one's command up to an outsider's command, nearest first. */
  readonly causes: (revision: number) => readonly Origin[]
  /** The first and last revision of the command an event belongs to. */
  readonly group: (revision: number) => { readonly first: number; readonly last: number } | undefined
  /** The first revisions of the commands that an event of this one's command caused, in order. */
  readonly effects: (revision: number) => readonly number[]
}

export const newLineage = (): Lineage => {
  const revisions = new Map<string, number>()
  const types: string[] = []
  const groupOf: Group[] = []
  const dueSince = new Map<string, number>()
  const timeCauses = new Map<number, number>()
  const caused = new Map<number, number[]>()

  const note = (first: number, cause: number): void => {
    const by = groupOf[cause]?.first ?? cause
    caused.set(by, [...(caused.get(by) ?? []), first])
  }

  const newGroup = ({ revision, type, data, at, metadata }: LedgerEvent): Group => {
    const { command, commandId, actor, causationId } = metadata
    const cause = revisions.get(causationId)
    if (cause !== undefined) note(revision, cause)
    if (type === 'TimePassed') {
      const since = data.due.flatMap(({ what, id }) => dueSince.get(`${what} ${id}`) ?? [])
      const last = since.at(-1)
      if (last !== undefined) {
        timeCauses.set(revision, last)
        note(revision, last)
      }
    }
    return {
      first: revision,
      at,
      causationId,
      command: { id: commandId, type: command?.type ?? 'bulk', actor, revision },
    }
  }

  const causeOf = (revision: number): number | undefined => {
    const group = groupOf[revision]
    return group === undefined ? undefined : (revisions.get(group.causationId) ?? timeCauses.get(group.first))
  }

  const origin = (revision: number): Origin | undefined => {
    const [group, type] = [groupOf[revision], types[revision]]
    return group === undefined || type === undefined
      ? undefined
      : { revision, type, at: group.at, command: group.command }
  }

  return {
    add: (event) => {
      const before = groupOf.at(-1)
      const group = event.metadata.events === undefined && before !== undefined ? before : newGroup(event)
      groupOf[event.revision] = group
      types[event.revision] = event.type
      revisions.set(event.id, event.revision)
      for (const duty of duties(event)) dueSince.set(duty, event.revision)
    },
    revisionOf: (id) => revisions.get(id),
    origin,
    causes: (revision) => {
      const found: Origin[] = []
      for (let cause = causeOf(revision); cause !== undefined; cause = causeOf(cause)) {
        const one = origin(cause)
        if (one !== undefined) found.push(one)
      }
      return found
    },
    group: (revision) => {
      const group = groupOf[revision]
      if (group === undefined) return undefined
      let last = group.first
      while (groupOf[last + 1] === group) last += 1
      return { first: group.first, last }
    },
    effects: (revision) => caused.get(groupOf[revision]?.first ?? revision) ?? [],
  }
}
