/** Where the mesh meets Kafka. Every record is keyed by its pool; a quote, which is of no pool, by its source. */
export const topics = {
  commands: 'novation.commands',
  events: 'novation.events',
  deadLetters: 'novation.dead-letters',
  quotes: 'novation.quotes',
} as const

/** The stream of a pool's one history in the store. */
export const streamOf = (pool: string): string => `ledger-${pool}`
