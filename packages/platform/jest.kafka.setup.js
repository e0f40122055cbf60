const { NotAvailable, resolveJars, singleNode } = require('../../infra/kafka/single-node.js')

/** Where there is no Kafka to be had, says so; the tests then count as skipped, never as passed. */
module.exports = async () => {
  try {
    await resolveJars()
    process.env.NOVATION_TEST_KAFKA_NODE = 'yes'
  } catch (error) {
    if (!(error instanceof NotAvailable)) throw error
    const what = process.env.NOVATION_TEST_KAFKA ? 'the tests that stop and start a node' : 'every test on real Kafka'
    const cure = 'install Java 17 and Maven, or name a broker in NOVATION_TEST_KAFKA'
    process.stderr.write(`\nSKIPPED: ${what}. ${error.message}; ${cure}.\n\n`)
    return
  }
  if (process.env.NOVATION_TEST_KAFKA) return
  const node = await singleNode()
  globalThis.novationTestKafka = node
  await node.start()
  process.env.NOVATION_TEST_KAFKA = node.bootstrap
}
