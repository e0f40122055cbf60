/** The command line, the audit and the ledger on the real EventStoreDB that NOVATION_TEST_EVENTSTORE names. */
module.exports = require('../../jest.preset.js')(__dirname, {
  suite: 'eventstore',
  testMatch: ['<rootDir>/src/**/*.eventstore-test.ts'],
  globalSetup: '../../packages/platform/jest.eventstore.setup.js',
  testTimeout: 180_000,
  maxWorkers: 1,
})
