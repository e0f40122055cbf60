import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb'
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb'
import { type Empty, UUID } from '@eventstore/db-client/generated/shared_pb'
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb'
import { type handleUnaryCall, type Metadata, status } from '@grpc/grpc-js'
import type { FaultyHandling } from './faults'
import { asCallError, CallError } from './wire'

/** Why a follower does not answer a call that requires the leader; undefined where it does. */
export const misled = (metadata: Metadata, leader_port: number | undefined): CallError | undefined =>
  leader_port === undefined || metadata.get('requires-leader')[0] !== 'true'
    ? undefined
    : new CallError(status.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': '127.0.0.1',
        'leader-endpoint-port': String(leader_port),
      })

/** What the server can do: the client sends appends in batches where it reads here that it may. */
export const handleFeatures =
  (faults: FaultyHandling, batchAppend: boolean): handleUnaryCall<Empty, SupportedMethods> =>
  (_, callback) => {
    const methods = Object.values(StreamsService)
      .map(({ path }: { readonly path: string }) => path.toLowerCase().split('/').slice(1))
      .filter(([, method]) => batchAppend || method !== 'batchappend')
      .map(([service = '', method = '']) => new SupportedMethod().setServiceName(service).setMethodName(method))
    const features = new SupportedMethods().setEventStoreServerVersion('23.10.0').setMethodsList(methods)
    faults
      .meet('connect', () => features)
      .then(
        (answer) => callback(null, answer),
        (error) => callback(asCallError(error)),
      )
  }

/** A cluster of one, whose leader is this server. */
export const handleGossip =
  (port: () => number): handleUnaryCall<Empty, ClusterInfo> =>
  (_, callback) => {
    const leader = new MemberInfo()
      .setInstanceId(new UUID().setString('00000000-0000-4000-8000-000000000001'))
      .setState(MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(port()))
    callback(null, new ClusterInfo().setMembersList([leader]))
  }
