import { Id, oneOf, reading, wholeNumber } from '@novation/events'
import { logLevels } from '@novation/platform'
import { kafkaFlags, storeFlags } from '../settings/access'
import { defaulted, optional } from '../settings/flag'
import { keys, toggle } from '../settings/shared'
import { PathText, Text } from '../settings/texts'
import { venueNames } from './source-settings'

const listOf = (form: RegExp) => (text: string) => {
  const words = text.split(',')
  return words.every((word) => form.test(word)) ? words : undefined
}

const BrokerList = reading('host:port, several with commas between', listOf(/^[^\s,:]+:\d{1,5}$/))

export const PoolList = reading('names of pools, with commas between, without a dash', listOf(/^[A-Za-z0-9._:]{1,64}$/))

const ShardText = reading('a shard i/n, counted from 0, such as 0/2', (text) => {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  return shard.of >= 1 && shard.index < shard.of ? shard : undefined
})

const HostPort = reading('host:port', (text) => {
  const [, host, port] = /^([^\s:]+):(\d{1,5})$/.exec(text) ?? []
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) }
})

const PemFiles = reading('two paths with a comma between', (text) => {
  const [cert, key, ...more] = text.split(',')
  return cert && key && more.length === 0 ? { cert, key } : undefined
})

const OriginList = reading(
  'addresses such as https://clearing.example, commas between',
  listOf(/^https?:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?$/),
)

const InstanceText = reading('1 to 64 of A-Z a-z 0-9 . _ -', (text) =>
  /^[A-Za-z0-9._-]{1,64}$/.test(text) ? text : undefined,
)

/** Where the real parts are: with both, a service runs against them; with neither, everything runs embedded. */
export const connections = {
  kafka: optional('HOST:PORT,…', BrokerList, 'brokers of Kafka; with --eventstore, the real parts'),
  ...kafkaFlags,
  eventstore: optional('URL', Text, 'connection string of EventStoreDB, such as esdb://host:2113?tls=false'),
  ...storeFlags,
  partitions: defaulted('N', wholeNumber(1, 10_000), '6', 'partitions of each topic'),
  replication: defaulted('N', wholeNumber(1, 9), '1', 'replicas of each partition'),
}

export const pools = defaulted('NAME,…', PoolList, 'main', 'the pools to look after')

/** How a gateway answers, and whom. */
export const answering = {
  listen: defaulted('HOST:PORT', HostPort, '127.0.0.1:8420', 'where the gateway answers; port 0 takes any'),
  tokens: optional('FILE', PathText, 'who is let in at the gateway, as `novation token` writes it'),
  public: toggle('whoever has no token sees the totals of each pool, and no account'),
  checkpoints: optional(
    'FILE',
    PathText,
    'the file of signed checkpoints that the gateway tells, as `novation checkpoint` writes it',
  ),
  tls: optional('CERT,KEY', PemFiles, 'files of the certificate and key with which the gateway answers'),
  behindProxy: toggle('somebody in front of the gateway sees to TLS'),
  origin: optional('URL,…', OriginList, 'under which addresses the gateway is known beyond this machine'),
  cors: optional(
    'URL,…',
    OriginList,
    'sites whose pages may ask and send at the gateway, with a token that they bring along',
  ),
}

/** Whose messages a source reads, and where from; how often a carrier carries. */
const sourcing = {
  venue: optional(venueNames.join('|'), oneOf(...venueNames), 'the venue whose messages a source reads'),
  source: optional('NAME', Id, 'what a source is called, by which indices know it; by default as its venue'),
  symbols: optional('FILE', PathText, "what a venue's symbols stand for, where they do not say it themselves (JSON)"),
  feed: optional(
    'URL',
    Text,
    'the WebSocket at which a source hears its venue; by default standard input, a message a line',
  ),
  hello: optional('TEXT', Text, 'what a source says there first, to be told prices'),
  tick: defaulted(
    'MS',
    wholeNumber(0, 60_000),
    '1000',
    'how long a carrier lets quotes wait for others, unless one moves by a thousandth',
  ),
}

/** What a long-lived process is told. */
export const life = {
  ...connections,
  pools,
  keys,
  key: optional('FILE', PathText, 'in place of a folder, the one key of the one service that is started'),
  shard: defaulted('I/N', ShardText, '0/1', "this instance's part of the accounts (margin)"),
  data: defaulted('DIR', PathText, '.novation/data', 'where services keep their place between two lives'),
  ledger: defaulted('DIR', PathText, '.novation/ledger', 'the folder of the ledger, where no EventStoreDB is named'),
  http: defaulted('HOST:PORT', HostPort, '127.0.0.1:9464', 'where health and metrics are served; port 0 takes any'),
  ...answering,
  ...sourcing,
  instance: optional('NAME', InstanceText, 'what this gateway is called, of several; by default as its host'),
  nice: optional(
    'N',
    wholeNumber(0, 19),
    'how far it stands back where others want the same processor; by default 10 for a gateway by itself, else 0',
  ),
  logLevel: defaulted(logLevels.join('|'), oneOf(...logLevels), 'info', 'how much the log says'),
  stalledAfter: defaulted(
    'SECONDS',
    wholeNumber(1, 86_400),
    '60',
    'how long a consumer may be silent before /livez is red',
  ),
}
