import { type Command, canonicalJson, type LedgerEvent } from '@novation/events'

/** A command with its fields in the order of the contract. */
const commandFields = ({ id, type, pool, at, actor, data, ...rest }: Command) => ({
  id,
  type,
  pool,
  at,
  actor,
  data: inOrder(data),
  ...rest,
})

/** The same value, its keys in byte order: what a stored event and one just made have in common. */
const inOrder = (value: unknown): unknown => JSON.parse(canonicalJson(value))

/** An event as one line of JSON, its fields in the order of the contract, wherever the event came from. */
export const eventLine = ({ id, type, pool, revision, at, data, postings, metadata }: LedgerEvent): string => {
  const { commandId, correlationId, causationId, actor, version, decider, hash, previousHash, command, events } =
    metadata
  return `${JSON.stringify({
    id,
    type,
    pool,
    revision,
    at,
    data: inOrder(data),
    postings: postings.map(({ account, asset, amount }) => ({ account, asset, amount })),
    metadata: {
      commandId,
      correlationId,
      causationId,
      actor,
      version,
      decider,
      hash,
      previousHash,
      ...(command === undefined ? {} : { command: commandFields(command) }),
      events,
    },
  })}\n`
}
