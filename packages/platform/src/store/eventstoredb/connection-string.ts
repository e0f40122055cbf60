import { type Either, left, right } from 'fp-ts/Either'

export interface Node {
  readonly host: string
  readonly port: number
}

/** What a connection string says, as far as somebody may have said it wrongly. */
export interface Told {
  /** As they are named; all but the first are left out where the cluster is found by the name of one. */
  readonly nodes: readonly Node[]
  readonly user: string | undefined
  readonly isTls: boolean
  readonly caFile: string | undefined
}

const flag = /^(true|false)$/
const number = /^-?\d{1,9}$/
const text = /^.+$/

/** Every option there is, and what its value looks like. */
const options: Readonly<Record<string, RegExp>> = {
  connectionName: text,
  defaultDeadline: number,
  discoveryInterval: number,
  gossipTimeout: number,
  keepAliveInterval: number,
  keepAliveTimeout: number,
  maxDiscoverAttempts: number,
  nodePreference: /^(leader|follower|random|read_?-?only_?-?replica)$/i,
  throwOnAppendFailure: flag,
  tls: flag,
  tlsCAFile: text,
  tlsVerifyCert: flag,
  userCertFile: text,
  userKeyFile: text,
}

/** Options that would not do what whoever wrote them meant. */
const refused: Readonly<Record<string, string>> = {
  'throwOnAppendFailure=false': 'throwOnAppendFailure=false makes the client report wrong revisions: leave it out',
  'tlsVerifyCert=false':
    'tlsVerifyCert=false has no effect: leave it out, and name the certificate of the authority by tlsCAFile',
}

const problemOf = (pair: string): string | undefined => {
  const [name = '', value = ''] = pair.split(/=(.*)/s)
  const form = Object.entries(options).find(([known]) => known.toLowerCase() === name.toLowerCase())
  if (form === undefined)
    return `there is no option ${JSON.stringify(name.slice(0, 40))}: leave it out, or take one of ${Object.keys(options).join(', ')}`
  const [known, pattern] = form
  if (!pattern.test(value)) return `the option ${known} cannot be ${JSON.stringify(value.slice(0, 40))}: correct it`
  return refused[`${known}=${value}`]
}

/** Who asks, and who signs the server's certificate, where the connection string itself leaves that out. */
export interface StoreLogin {
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly caFile?: string | undefined
}

/** The same connection string with what it leaves out; or why it cannot be said twice. */
export const withLogin = (
  connectionString: string,
  { user, password = '', caFile }: StoreLogin,
): Either<string, string> => {
  const [, scheme = '', authority = '', path = ''] =
    /^(esdb(?:\+discover)?:\/\/)([^/?]*)(.*)$/s.exec(connectionString.trim()) ?? []
  if (user !== undefined && authority.includes('@')) return left('it names a user already: leave that out of it')
  if (caFile !== undefined && /[?&]tlsCAFile=/i.test(path))
    return left('it names a tlsCAFile already: leave that out of it')
  const login = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`
  const sign = path.includes('?') ? '&' : '?'
  const ca = caFile === undefined ? '' : `${sign}tlsCAFile=${encodeURIComponent(caFile)}`
  return right(scheme === '' ? connectionString : `${scheme}${login}${authority}${path}${ca}`)
}

const nodeOf = (address: string): Node | undefined => {
  const [, host, port = '2113'] = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(address) ?? []
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) }
}

/** Reads `esdb://user:password@host:port,…?option=value&…`, or says what is to be changed. Never repeats a password. */
export const readConnectionString = (connectionString: string): Either<string, Told> => {
  const [, authority = '', query = ''] =
    /^esdb(?:\+discover)?:\/\/([^/?]*)\/?(?:\?(.*))?$/.exec(connectionString.trim()) ?? []
  if (authority === '') return left('it must be esdb://HOST:2113, or esdb+discover://NAME:2113 for a cluster')
  const pairs = query === '' ? [] : query.split('&')
  const problem = pairs.map(problemOf).find((one) => one !== undefined)
  if (problem !== undefined) return left(problem)
  const [addresses = '', credentials] = authority.split('@').reverse()
  const user = credentials?.split(':')[0]
  if (credentials !== undefined && !/^[^:]+:.+$/.test(credentials))
    return left('before the @ there must be a name and a password, with a colon between')
  const nodes: Node[] = []
  for (const address of addresses.split(',')) {
    const node = nodeOf(address)
    if (node === undefined) return left(`${JSON.stringify(address.slice(0, 60))} is no host:port: correct it`)
    nodes.push(node)
  }
  const optionOf = (name: string): string | undefined =>
    pairs.find((pair) => pair.toLowerCase().startsWith(`${name.toLowerCase()}=`))?.slice(name.length + 1)
  const caFile = optionOf('tlsCAFile')
  return right({
    nodes: /^esdb\+discover/.test(connectionString.trim()) ? nodes.slice(0, 1) : nodes,
    user: user === undefined ? undefined : decodeURIComponent(user),
    isTls: optionOf('tls') !== 'false',
    caFile: caFile === undefined ? undefined : decodeURIComponent(caFile),
  })
}
