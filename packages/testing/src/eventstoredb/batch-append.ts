import {
  AccessDenied,
  AllStreamPosition,
  BadRequest,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  type StreamIdentifier,
  Timeout,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb'
import { Status } from '@eventstore/db-client/generated/status_pb'
import { type BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb'
import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js'
import { Any } from 'google-protobuf/google/protobuf/any_pb'
import { Empty } from 'google-protobuf/google/protobuf/empty_pb'
import type { Caller } from './access'
import type { Appending } from './append'
import { asCallError, CallError } from './call-error'
import { extend, openProposal, type Proposal, TooLarge } from './propose'
import type { Expected, Outcome } from './record'
import { expectedOf, identifierOf, nameOf } from './wire'

const detail = (name: string, message: { serializeBinary(): Uint8Array }): Status => {
  const details = new Any()
  details.pack(message.serializeBinary(), `event_store.client.${name}`)
  return new Status().setMessage(name).setDetails(details)
}

/** What goes wrong with one append is answered in its place: the call goes on for the others. */
const fault = (error: unknown): Status => {
  if (error instanceof TooLarge) {
    return detail('MaximumAppendSizeExceeded', new MaximumAppendSizeExceeded().setMaxappendsize(error.limit_bytes))
  }
  const { code, details } = asCallError(error)
  if (code === status.PERMISSION_DENIED) return detail('AccessDenied', new AccessDenied())
  // Not a word beside the type, though what was given up may still be written.
  if (code === status.ABORTED) return detail('Timeout', new Timeout())
  if (code !== status.UNAVAILABLE) return detail('BadRequest', new BadRequest().setMessage(details))
  const nothing = new Any()
  nothing.pack(new Empty().serializeBinary(), 'google.protobuf.Empty')
  return new Status().setMessage(details).setDetails(nothing)
}

const wrongVersion = (expected: Expected, actual: number): WrongExpectedVersion => {
  const answer = new WrongExpectedVersion()
  if (actual < 0) answer.setCurrentNoStream(new Empty())
  else answer.setCurrentStreamRevision(String(actual))
  if (expected === 'any') return answer.setExpectedAny(new Empty())
  if (expected === 'no-stream') return answer.setExpectedNoStream(new Empty())
  if (expected === 'stream-exists') return answer.setExpectedStreamExists(new Empty())
  return answer.setExpectedStreamPosition(String(expected))
}

const answer = ({ stream, expected }: Proposal, outcome: Outcome): BatchAppendResp => {
  const response = new BatchAppendResp()
  switch (outcome.tag) {
    case 'appended': {
      const at = String(outcome.position)
      const position = new AllStreamPosition().setCommitPosition(at).setPreparePosition(at)
      const success = new BatchAppendResp.Success().setPosition(position)
      return response.setSuccess(
        outcome.revision < 0 ? success.setNoStream(new Empty()) : success.setCurrentRevision(String(outcome.revision)),
      )
    }
    case 'wrong-version':
      return response.setError(detail('WrongExpectedVersion', wrongVersion(expected, outcome.actual)))
    case 'deleted':
      return response.setError(detail('StreamDeleted', new StreamDeleted().setStreamIdentifier(identifierOf(stream))))
  }
}

const begin = (options: BatchAppendReq.Options): Proposal => {
  const revision = options.hasStreamPosition() ? options.getStreamPosition() : undefined
  return openProposal(nameOf(options.getStreamIdentifier()), expectedOf(options, revision))
}

const isLate = (options: BatchAppendReq.Options | undefined): boolean =>
  (options?.getDeadline()?.toDate().getTime() ?? Number.POSITIVE_INFINITY) <= Date.now()

/** Many appends in one call, each in pieces that a correlation id holds together; an answer for each. */
export const handleBatchAppend =
  ({ log, faults, access, limit_bytes }: Appending): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> =>
  async (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => {
    const open = new Map<string, Proposal>()

    const handle = async (
      caller: Caller,
      request: BatchAppendReq,
      id: string,
    ): Promise<BatchAppendResp | undefined> => {
      const options = request.getOptions()
      if (options !== undefined) open.set(id, begin(options))
      const proposal = open.get(id)
      if (proposal === undefined) return undefined
      if (isLate(options)) {
        open.delete(id)
        return new BatchAppendResp().setError(detail('Timeout', new Timeout()))
      }
      extend(proposal, request.getProposedMessagesList(), limit_bytes)
      if (!request.getIsFinal()) return undefined
      open.delete(id)
      const { stream, expected, events } = proposal
      access.check(caller, '$w', stream)
      return answer(proposal, await faults.meet('append', () => log.append(stream, expected, events)))
    }

    // A name for every answer: the client reads one from errors whatever they are.
    const names = new Map<string, StreamIdentifier | undefined>()
    try {
      // Who was let in stays in: the call goes on after a change of the password.
      const caller = access.callerOf(call.metadata)
      for await (const request of call as AsyncIterable<BatchAppendReq>) {
        const id = request.getCorrelationId()?.getString() ?? ''
        names.set(id, request.getOptions()?.getStreamIdentifier() ?? names.get(id))
        const response = await handle(caller, request, id).catch((error: unknown) => {
          // Said before the loop is left, which closes the call.
          if (asCallError(error).code === status.UNAUTHENTICATED) call.emit('error', error)
          open.delete(id)
          return new BatchAppendResp().setError(fault(error))
        })
        if (response === undefined) continue
        call.write(response.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(names.get(id)))
        names.delete(id)
      }
      call.end()
    } catch (error) {
      // Where the client went away in the middle, nobody is left to answer.
      if (error instanceof CallError) call.emit('error', error)
    }
  }
