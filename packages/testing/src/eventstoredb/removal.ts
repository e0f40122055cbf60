import {
  type DeleteReq,
  DeleteResp,
  type TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb'
import { type handleUnaryCall, status } from '@grpc/grpc-js'
import type { Access, Caller } from './access'
import { asCallError, CallError, deleted, invalid } from './call-error'
import type { FaultyHandling } from './faults'
import type { Log } from './log'
import type { Expected, Outcome } from './record'
import { expectedOf, nameOf } from './wire'

const positionAfter = (name: string, expected: Expected, outcome: Outcome): string => {
  switch (outcome.tag) {
    case 'appended':
      return String(outcome.position)
    case 'deleted':
      throw deleted(name)
    case 'wrong-version':
      throw new CallError(status.FAILED_PRECONDITION, 'Delete failed due to WrongExpectedVersion.', {
        exception: 'wrong-expected-version',
        'stream-name': name,
        'expected-version': String(typeof expected === 'number' ? expected : -1),
        'actual-version': String(outcome.actual),
      })
  }
}

interface Removing {
  readonly log: Log
  readonly faults: FaultyHandling
  readonly access: Access
}

type Options = NonNullable<ReturnType<DeleteReq['getOptions']> | ReturnType<TombstoneReq['getOptions']>>

const removing = async (
  options: Options | undefined,
  caller: () => Caller,
  { access, faults }: Removing,
  remove: Log['remove'],
): Promise<string> => {
  if (options === undefined) throw invalid('the options are missing')
  const name = nameOf(options.getStreamIdentifier())
  access.check(caller(), '$d', name)
  const expected = expectedOf(options, options.hasRevision() ? options.getRevision() : undefined)
  return positionAfter(name, expected, await faults.meet('append', () => remove(name, expected)))
}

export const handleDelete =
  (server: Removing): handleUnaryCall<DeleteReq, DeleteResp> =>
  (call, callback) => {
    void removing(
      call.request.getOptions(),
      () => server.access.callerOf(call.metadata),
      server,
      server.log.remove,
    ).then(
      (at) =>
        callback(
          null,
          new DeleteResp().setPosition(new DeleteResp.Position().setCommitPosition(at).setPreparePosition(at)),
        ),
      (error) => callback(asCallError(error)),
    )
  }

export const handleTombstone =
  (server: Removing): handleUnaryCall<TombstoneReq, TombstoneResp> =>
  (call, callback) => {
    void removing(
      call.request.getOptions(),
      () => server.access.callerOf(call.metadata),
      server,
      server.log.tombstone,
    ).then(
      (at) =>
        callback(
          null,
          new TombstoneResp().setPosition(new TombstoneResp.Position().setCommitPosition(at).setPreparePosition(at)),
        ),
      (error) => callback(asCallError(error)),
    )
  }
