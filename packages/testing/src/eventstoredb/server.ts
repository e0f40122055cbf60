import { once } from 'node:events'
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb'
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb'
import { type IStreamsServer, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb'
import { type handleServerStreamingCall, Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js'
import { handleAppend } from './append'
import { handleBatchAppend } from './batch-append'
import { handleFeatures, handleGossip, misled } from './cluster'
import { type Faults, type FaultyHandling, openFaults } from './faults'
import { openGate } from './gate'
import { noJournal, openJournal } from './journal'
import { type Log, openLog } from './log'
import { readOnce } from './read'
import { handleDelete, handleTombstone } from './removal'
import { subscribe } from './subscribe'
import { asCallError, invalid } from './wire'

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
}

/** A server that speaks EventStoreDB's protocol and enforces its rules, for tests. */
export interface EventStoreDbServer {
  readonly port: number
  readonly connectionString: string
  readonly faults: Faults
  /** Breaks every connection that is open now; the server stays. */
  drop(): void
  /** How many events a stream has, whatever its readers have been told. */
  count(stream: string): number
  stop(): Promise<void>
}

const handleRead =
  (log: Log, faults: FaultyHandling): handleServerStreamingCall<ReadReq, ReadResp> =>
  async (call: ServerWritableStream<ReadReq, ReadResp>) => {
    const over = new AbortController()
    call.on('cancelled', () => over.abort())
    try {
      const options = call.request.getOptions()
      if (options === undefined) throw invalid('the options are missing')
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

const bind = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    )
  })

/** Starts a server on the loopback. */
export const startEventStoreDb = async ({
  port = 0,
  directory,
  batchAppend = true,
  maxAppendSize_bytes = 1_048_576,
  leader_port,
}: EventStoreDbOptions = {}): Promise<EventStoreDbServer> => {
  const journal = directory === undefined ? noJournal : openJournal(directory)
  const log = openLog(journal)
  const faults = openFaults(() => gate.drop())
  // The real server takes records of 16 MiB from its own kind, so a message may be larger than an append.
  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1_048_576 })
  const [append, batch, read] = [
    handleAppend(log, faults, maxAppendSize_bytes),
    handleBatchAppend(log, faults, maxAppendSize_bytes),
    handleRead(log, faults),
  ]
  server.addService(StreamsService, {
    append: (call, callback) => {
      const error = misled(call.metadata, leader_port)
      return error === undefined ? append(call, callback) : callback(error)
    },
    batchAppend: (call) => {
      const error = misled(call.metadata, leader_port)
      return error === undefined ? batch(call) : void call.emit('error', error)
    },
    read: (call) => {
      const error = misled(call.metadata, leader_port)
      return error === undefined ? read(call) : void call.emit('error', error)
    },
    delete: handleDelete(log, faults),
    tombstone: handleTombstone(log, faults),
  } satisfies IStreamsServer)
  server.addService(ServerFeaturesService, { getSupportedMethods: handleFeatures(faults, batchAppend) })
  server.addService(GossipService, { read: handleGossip(() => gate.port) })
  const gate = await openGate(await bind(server), port)
  return {
    port: gate.port,
    connectionString: `esdb://127.0.0.1:${gate.port}?tls=false`,
    faults,
    drop: gate.drop,
    count: (stream) => log.stream(stream)?.records.length ?? 0,
    stop: async () => {
      await gate.close()
      server.forceShutdown()
      journal.close()
    },
  }
}
