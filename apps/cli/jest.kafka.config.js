/** The whole mesh over a real Kafka and the test kit's EventStoreDB, a process a service; runs on what is built. */
module.exports = require('../../jest.preset.js')(__dirname, {
  suite: 'kafka',
  testMatch: ['<rootDir>/src/**/*.kafka-test.ts'],
  globalSetup: '../../packages/platform/jest.kafka.setup.js',
  globalTeardown: '../../packages/platform/jest.kafka.teardown.js',
  testTimeout: 180_000,
  maxWorkers: 1,
})
