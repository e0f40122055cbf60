export type { Fault, Faults, Operation } from './eventstoredb/faults'
export { type EventStoreDbProcess, runEventStoreDb } from './eventstoredb/process'
export { type EventStoreDbOptions, type EventStoreDbServer, startEventStoreDb } from './eventstoredb/server'
export { leash, runScript, type Script } from './script'
