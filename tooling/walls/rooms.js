const { readFileSync } = require('node:fs')
const path = require('node:path')

/**
 * The plan of the house: which rooms there are, from the bottom up. A room may import the rooms of lower levels; never
 * one of its own level (services do not know each other) and never one above.
 */
const levels = [
  ['packages/decimal'],
  ['packages/events'],
  ['packages/risk'],
  ['packages/clearing'],
  ['packages/platform'],
  ['packages/audit'],
  ['services/*'],
  ['packages/client'],
  ['apps/console'],
  ['packages/simulator', 'apps/*'],
  ['benchmarks/*', 'examples/*'],
]

/** The test kit stands beside the house: it imports no room, and only tests import it. */
const testKit = 'packages/testing'

/** Published by itself: what it ships imports no room, and brings along the libraries it is bundled with. */
const published = 'packages/client'

/** A page for browsers: it stands on what is published and on no other room, and brings its libraries along too. */
const page = 'apps/console'

/** The one file of each that meets time, network and dice; all others are given them. */
const worlds = [published, page].map((room) => `${room}/src/world.ts`)

/** Rooms whose answers must be the same on every machine and at every time: they do nothing but compute. */
const pureRooms = ['packages/decimal', 'packages/events', 'packages/risk', 'packages/clearing']

/** The one room of the house with a clock, timers, randomness, files and sockets. Everybody else is given them. */
const platform = 'packages/platform'

/** Where doubles decide about money, and so must come out the same on every engine. */
const portableRoom = 'packages/risk'

/** There, the arithmetic that everything else stands on. */
const kernel = 'packages/risk/src/kernel/'

/** Libraries that stay behind one room's door, so that they can be exchanged there. */
const homes = {
  'big.js': ['packages/decimal'],
  kafkajs: [platform, testKit],
  '@eventstore/db-client': [platform, testKit],
  '@grpc/grpc-js': [platform, testKit],
  libsql: [platform],
  ws: [platform],
}

/** Of node:crypto, what follows from its arguments. */
const signatures = ['KeyObject', 'createPrivateKey', 'createPublicKey', 'sign', 'timingSafeEqual', 'verify']

const pureBuiltins = { assert: '*', buffer: '*', crypto: ['createHash', 'hash', ...signatures], util: '*' }

/** What Node offers that tells the time, or throws dice: `undefined` is all of the module. */
const impure = {
  timers: undefined,
  'timers/promises': undefined,
  perf_hooks: undefined,
  crypto: ['createHash', 'hash', ...signatures],
  process: ['argv', 'env', 'exit', 'stderr', 'stdin', 'stdout'],
}

/** Of a library that also throws dice, what does not. */
const deterministic = { uuid: ['v5', 'NIL', 'parse', 'stringify', 'validate'] }

// A glob as a regular expression: only the few forms that tsconfig.base.json uses.
const patternOf = (glob) => {
  const stars = { '**/': '(.*/)?', '/**': '/.*', '*': '[^/]*' }
  return new RegExp(`^${glob.replaceAll('.', '\\.').replace(/\*\*\/|\/\*\*|\*/g, (star) => stars[star])}$`)
}

/** What the compiler leaves out of dist is there for tests only: it may read clocks and use the test kit. */
const testFiles = JSON.parse(readFileSync(path.join(__dirname, '../../tsconfig.base.json'), 'utf8')).exclude.map(
  patternOf,
)

const isTestFile = (file) => testFiles.some((pattern) => pattern.test(file)) || file.startsWith(`${testKit}/`)

/** A service's policy and fold; everything in a service but its composition root is given its ports, and does no I/O. */
const isPure = (file) =>
  pureRooms.some((room) => file.startsWith(`${room}/`)) ||
  (file.startsWith('services/') && !/\/src\/main\.ts$/.test(file))

/** Where clocks, timers and randomness are at home. */
const isOutside = (file) => roomOf(file) === platform || worlds.includes(file)

const matches = (pattern, room) => (pattern.endsWith('/*') ? room.startsWith(pattern.slice(0, -1)) : room === pattern)

/** How high a room stands, or undefined where the plan has no place for it. */
const levelOf = (room) => {
  const level = levels.findIndex((patterns) => patterns.some((pattern) => matches(pattern, room)))
  return level === -1 ? undefined : level
}

/** `packages/risk/src/auction.ts` stands in `packages/risk`. */
const roomOf = (file) => file.split('/').slice(0, 2).join('/')

module.exports = {
  deterministic,
  homes,
  impure,
  isPure,
  isTestFile,
  levelOf,
  isOutside,
  kernel,
  page,
  platform,
  portableRoom,
  published,
  pureBuiltins,
  roomOf,
  testKit,
}
