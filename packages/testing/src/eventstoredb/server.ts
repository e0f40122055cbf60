import { once } from 'node:events'
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb'
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb'
import { type IStreamsServer, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb'
import {
  type handleServerStreamingCall,
  type Metadata,
  Server,
  ServerCredentials,
  type ServerWritableStream,
} from '@grpc/grpc-js'
import { type Access, openAccess } from './access'
import { handleAppend } from './append'
import { handleBatchAppend } from './batch-append'
import { asCallError, invalid } from './call-error'
import { handleFeatures, handleGossip, misled } from './cluster'
import { type Faults, type FaultyHandling, openFaults } from './faults'
import { openGate } from './gate'
import { noJournal, openJournal } from './journal'
import { type Log, openLog } from './log'
import { readOnce } from './read'
import { handleDelete, handleTombstone } from './removal'
import { subscribe } from './subscribe'
import { nameOf } from './wire'

export interface EventStoreDbOptions {
  /** Any free one by default. */
  readonly port?: number
  /** Where the log outlives the process; by default it does not. */
  readonly directory?: string
  /** Whether appends may be sent in batches; servers before 21.10 know none. */
  readonly batchAppend?: boolean
  readonly maxAppendSize_bytes?: number
  /** Where the leader is, if this server is a follower. */
  readonly leader_port?: number
  /** Another node of the same cluster, whose log this one has as well. */
  readonly cluster?: EventStoreDbServer
  /** With them the server speaks TLS: its key and certificate, in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Names and passwords; `admin` is in `$admins`. Without any, whoever calls may do everything. */
  readonly users?: Readonly<Record<string, string>>
}

/** A server that speaks EventStoreDB's protocol and enforces its rules, for tests. */
export interface EventStoreDbServer {
  readonly port: number
  readonly connectionString: string
  readonly faults: Faults
  /** Breaks every connection that is open now; the server stays. */
  drop(): void
  /** Every connection that is open now is swallowed: nothing comes through, and nothing says so. New ones are well. */
  freeze(): void
  /** Is away, as after a kill: every connection breaks, and nobody answers at its port. */
  shut(): Promise<void>
  /** Is there again, where it was, and has forgotten what a restart forgets. */
  reopen(): Promise<void>
  /** Starts anew: connections break, and every call is told "Server Is Not Ready" until what it answers is called. */
  restart(): () => void
  /** From now on another node leads; none named: this one. */
  follow(leader_port: number | undefined): void
  /** Gives a user a password, a new one or the first. */
  setPassword(user: string, password: string): void
  /** How many connections were ever opened to it. */
  connections(): number
  readonly log: Log
  /** How many events a stream has, whatever its readers have been told. */
  count(stream: string): number
  stop(): Promise<void>
}

const handleRead =
  (log: Log, faults: FaultyHandling, access: Access): handleServerStreamingCall<ReadReq, ReadResp> =>
  async (call: ServerWritableStream<ReadReq, ReadResp>) => {
    const over = new AbortController()
    call.on('cancelled', () => over.abort())
    try {
      const options = call.request.getOptions()
      if (options === undefined) throw invalid('the options are missing')
      const stream = options.getStream()
      const name = stream === undefined ? '$all' : nameOf(stream.getStreamIdentifier())
      access.check(access.callerOf(call.metadata), '$r', name)
      const responses = await faults.meet('read', () =>
        options.hasSubscription() ? subscribe(log, options, over.signal) : readOnce(log, options),
      )
      for await (const response of responses) {
        if (over.signal.aborted) return
        if (!call.write(response)) await once(call, 'drain', { signal: over.signal })
      }
      call.end()
    } catch (error) {
      if (!over.signal.aborted) call.emit('error', asCallError(error))
    }
  }

const bind = (server: Server, tls: EventStoreDbOptions['tls']): Promise<number> =>
  new Promise((resolve, reject) => {
    const credentials =
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }])
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error === null ? resolve(port) : reject(error)))
  })

/** Starts a server on the loopback. */
export const startEventStoreDb = async ({
  port = 0,
  directory,
  batchAppend = true,
  maxAppendSize_bytes = 1_048_576,
  cluster,
  tls,
  ...options
}: EventStoreDbOptions = {}): Promise<EventStoreDbServer> => {
  const journal = directory === undefined ? noJournal : openJournal(directory)
  const log = cluster?.log ?? openLog(journal)
  const users = options.users === undefined ? undefined : new Map(Object.entries(options.users))
  const access = openAccess(() => log, users)
  // A certificate is for a name and not for an address.
  const host = tls === undefined ? '127.0.0.1' : 'localhost'
  let { leader_port } = options
  const follow = (other: number | undefined): void => {
    leader_port = other
  }
  const faults = openFaults({
    drop: () => gate.drop(),
    freeze: () => gate.freeze(),
    shut: () => void gate.shut(),
    follow,
  })
  // A larger message ends its call, and with it everything that is in flight on it.
  const server = new Server({ 'grpc.max_receive_message_length': 16 * 1_048_576 })
  const appending = { log, faults, access, limit_bytes: maxAppendSize_bytes }
  const [append, batch, read] = [handleAppend(appending), handleBatchAppend(appending), handleRead(log, faults, access)]
  const wrong = (metadata: Metadata) => misled(metadata, host, leader_port)
  server.addService(StreamsService, {
    append: (call, callback) => {
      const error = wrong(call.metadata)
      return error === undefined ? append(call, callback) : callback(error)
    },
    batchAppend: (call) => {
      const error = wrong(call.metadata)
      return error === undefined ? batch(call) : void call.emit('error', error)
    },
    read: (call) => {
      const error = wrong(call.metadata)
      return error === undefined ? read(call) : void call.emit('error', error)
    },
    delete: handleDelete(appending),
    tombstone: handleTombstone(appending),
  } satisfies IStreamsServer)
  server.addService(ServerFeaturesService, { getSupportedMethods: handleFeatures(faults, batchAppend) })
  const gossip = handleGossip(
    host,
    () => gate.port,
    () => leader_port,
  )
  server.addService(GossipService, { read: gossip })
  const gate = await openGate(await bind(server, tls), port)
  return {
    port: gate.port,
    connectionString: `esdb://${host}:${gate.port}${tls === undefined ? '?tls=false' : ''}`,
    faults,
    drop: gate.drop,
    freeze: gate.freeze,
    shut: gate.shut,
    reopen: () => {
      log.forget()
      return gate.open()
    },
    restart: () => {
      log.forget()
      for (const operation of ['connect', 'append', 'read'] as const) faults.arm(operation, { kind: 'refuse' })
      gate.drop()
      return faults.heal
    },
    follow,
    setPassword: (user, password) => void users?.set(user, password),
    connections: gate.entered,
    log,
    count: (stream) => log.stream(stream)?.records.length ?? 0,
    stop: async () => {
      await gate.close()
      server.forceShutdown()
      journal.close()
    },
  }
}
