import type { Metadata } from '@grpc/grpc-js'
import type { Acl, Right } from './acl'
import { accessDenied, unauthenticated } from './call-error'
import type { Log } from './log'

/** A caller: the groups of somebody known; nobody, where no name was given. */
export type Caller = readonly string[]

export interface Access {
  /** Who calls. Throws where a name comes with a wrong password. */
  callerOf(metadata: Metadata): Caller
  /** Throws where the caller has not this right. */
  check(caller: Caller, right: Right, stream: string): void
}

const everybody: Acl = { $r: '$all', $w: '$all', $d: '$all', $mr: '$all', $mw: '$all' }
const administrators: Acl = { $r: '$admins', $w: '$admins', $d: '$admins', $mr: '$admins', $mw: '$admins' }

interface Settings {
  readonly $userStreamAcl?: Acl
  readonly $systemStreamAcl?: Acl
}

const settingsIn = (log: Log): Settings => {
  const last = log.stream('$settings')?.records.at(-1)
  return last === undefined ? {} : JSON.parse(Buffer.from(last.data).toString())
}

const listed = (roles: string | readonly string[] = []): readonly string[] =>
  typeof roles === 'string' ? [roles] : roles

/** Without users, the server is insecure: whoever calls may do everything. */
export const openAccess = (log: () => Log, users: ReadonlyMap<string, string> | undefined): Access => {
  if (users === undefined) return { callerOf: () => ['$admins'], check: () => undefined }

  const callerOf = (metadata: Metadata): Caller => {
    const [, basic] = /^Basic (.+)$/.exec(String(metadata.get('authorization')[0] ?? '')) ?? []
    if (basic === undefined) return []
    const [, name = '', password] = /^([^:]*):(.*)$/.exec(Buffer.from(basic, 'base64').toString()) ?? []
    if (users.get(name) !== password) throw unauthenticated()
    return ['$all', name, ...(name === 'admin' ? ['$admins'] : [])]
  }

  /** The stream's own metadata, then the settings of the server, then what it does by itself. */
  const rolesOf = (right: Right, stream: string): readonly string[] => {
    const isSystem = stream.startsWith('$')
    const { $userStreamAcl, $systemStreamAcl } = settingsIn(log())
    const own = log().stream(stream)?.metadata.$acl?.[right]
    const general = (isSystem ? $systemStreamAcl : $userStreamAcl)?.[right]
    return listed(own ?? general ?? (isSystem ? administrators : everybody)[right])
  }

  return {
    callerOf,
    check: (caller, right, stream) => {
      const ofMetadata = /^\$\$(.+)/.exec(stream)?.[1]
      const [wanted, name] = ofMetadata === undefined ? [right, stream] : [right === '$r' ? '$mr' : '$mw', ofMetadata]
      const roles = rolesOf(wanted as Right, name)
      if (!caller.includes('$admins') && !roles.some((role) => caller.includes(role))) throw accessDenied()
    },
  }
}
