/** Where no EventStoreDB is named, says so; the tests then count as skipped, never as passed. */
module.exports = async () => {
  if (process.env.NOVATION_TEST_EVENTSTORE) return
  const cure = 'name one that may be written to: NOVATION_TEST_EVENTSTORE=esdb://localhost:2113?tls=false'
  process.stderr.write(`\nSKIPPED: every test on a real EventStoreDB. None is named; ${cure}.\n\n`)
}
