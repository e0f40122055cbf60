/** The tests that need a real Kafka: of their own making, or the one that NOVATION_TEST_KAFKA names. */
module.exports = require('../../jest.preset.js')(__dirname, {
  suite: 'kafka',
  testMatch: ['<rootDir>/src/**/*.kafka-test.ts'],
  globalSetup: '<rootDir>/jest.kafka.setup.js',
  globalTeardown: '<rootDir>/jest.kafka.teardown.js',
  testTimeout: 90_000,
  maxWorkers: 1,
})
