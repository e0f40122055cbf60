/** Where the mesh meets Kafka. Every record is keyed by its pool. */
export const topics = {
  commands: 'novation.commands',
  events: 'novation.events',
  deadLetters: 'novation.dead-letters',
} as const

/** The stream of a pool's one history in the store. */
export const streamOf = (pool: string): string => `ledger-${pool}`
