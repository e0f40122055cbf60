import { runEventStoreDb } from './eventstoredb/process'

/** Starts a process of its own, tells where that one listens, and lives on. */
const own = async (): Promise<void> => console.log((await runEventStoreDb()).connectionString)

void own()
