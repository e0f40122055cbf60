import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb'
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb'
import { type Empty, UUID } from '@eventstore/db-client/generated/shared_pb'
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb'
import { type handleUnaryCall, type Metadata, status } from '@grpc/grpc-js'
import { asCallError, CallError } from './call-error'
import type { FaultyHandling } from './faults'

/** Why a follower does not answer a call that requires the leader; undefined where it does. */
export const misled = (metadata: Metadata, host: string, leader_port: number | undefined): CallError | undefined =>
  leader_port === undefined || metadata.get('requires-leader')[0] !== 'true'
    ? undefined
    : new CallError(status.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': host,
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
    void faults
      .meet('connect', () => features)
      .then(
        (answer) => callback(null, answer),
        (error) => callback(asCallError(error)),
      )
  }

/** As every node of a cluster tells it: who leads, and, where that is another, this one. */
export const handleGossip =
  (host: string, own_port: () => number, leader_port: () => number | undefined): handleUnaryCall<Empty, ClusterInfo> =>
  (_, callback) => {
    const member = (port: number, state: keyof typeof MemberInfo.VNodeState) =>
      new MemberInfo()
        .setInstanceId(new UUID().setString(`00000000-0000-4000-8000-${String(port).padStart(12, '0')}`))
        .setState(MemberInfo.VNodeState[state])
        .setIsAlive(true)
        .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port))
    const leader = leader_port()
    const others = leader === undefined ? [] : [member(own_port(), 'FOLLOWER')]
    callback(null, new ClusterInfo().setMembersList([member(leader ?? own_port(), 'LEADER'), ...others]))
  }
