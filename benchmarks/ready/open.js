// Opens the ledger of a folder as a process does that was killed, on what is built, and prints what that took: seconds
// since the process began, of the wall and of CPU, and bytes. `node --expose-gc open.js FOLDER snapshot|fold`
const { join } = require('node:path')
const { openLedger } = require('@novation/ledger')
const { folderShelf, openEmbeddedStore, systemScheduler } = require('@novation/platform')

const bytes = () => {
  global.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const open = async (folder, how) => {
  const before = bytes()
  const store = openEmbeddedStore(folder)
  const shelf = how === 'snapshot' ? folderShelf(join(folder, 'snapshots')) : undefined
  let folded = 0
  const opened = (_, events) => {
    folded = events
  }
  const never = new AbortController().signal
  const writer = await openLedger('main', store, systemScheduler, never, { opened }, undefined, shelf)
  const { user, system } = process.cpuUsage()
  const [wall_s, cpu_s] = [process.uptime(), (user + system) / 1e6]
  const { outcomes, trades, accounts } = writer.pool()
  const count = outcomes.size
  const whole = bytes()
  outcomes.clear()
  const without = bytes()
  trades.clear()
  const outcome_bytes = (whole - without) / count
  const account_bytes = (bytes() - before) / accounts.size
  console.log(JSON.stringify({ wall_s, cpu_s, folded, outcome_bytes, account_bytes, revision: writer.durable() }))
  await store.close()
}

void open(...process.argv.slice(2))
