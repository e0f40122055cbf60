/** The tests that want a real EventStoreDB, which NOVATION_TEST_EVENTSTORE names. */
module.exports = require('../../jest.preset.js')(__dirname, {
  suite: 'eventstore',
  testMatch: ['<rootDir>/src/**/*.eventstore-test.ts'],
  globalSetup: '<rootDir>/jest.eventstore.setup.js',
  testTimeout: 90_000,
  maxWorkers: 1,
})
