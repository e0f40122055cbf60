import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect as connectPlain } from 'node:http2'
import { isIP } from 'node:net'
import { connect as connectTls, type PeerCertificate } from 'node:tls'
import type { Node, Told } from './connection-string'

/** What a node says at the door, before anybody asks it for anything. */
export type Answer =
  | { readonly tag: 'well'; readonly holdsUntil?: Date }
  /** Nobody answers: it may be away, and come back. */
  | { readonly tag: 'away'; readonly reason: string }
  /** It will never work so: what is to be changed. */
  | { readonly tag: 'wrong'; readonly says: string }

const wrong = (says: string): Answer => ({ tag: 'wrong', says })

const codeOf = (error: unknown): string => (error as { readonly code?: string }).code ?? ''

/** Of what was broken off, why; some errors have nothing but a code. */
const textOf = (error: unknown): string => {
  const { cause, message } = error as Error
  return (cause instanceof Error ? cause.message : message) || codeOf(error)
}

const certificateProblems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired: give the server a new one',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: look at the clocks',
}

const untrusted = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_SIGNATURE|CERT_UNTRUSTED/

/** By TLS: until when the certificate holds, or what is wrong with it. Throws where it did not come so far. */
const byTls = async (
  { host, port }: Node,
  ca: Buffer | undefined,
  timeout_ms: number,
  rejectUnauthorized = true,
): Promise<Answer> => {
  const socket = connectTls({
    host,
    port,
    rejectUnauthorized,
    ALPNProtocols: ['h2'],
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
  })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(timeout_ms) })
    const { valid_to }: PeerCertificate = socket.getPeerCertificate()
    return { tag: 'well', holdsUntil: new Date(valid_to) }
  } catch (error) {
    const code = codeOf(error)
    const problem = certificateProblems[code]
    if (problem !== undefined) return wrong(`${host}: ${problem}`)
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
      return wrong(
        isIP(host) === 0
          ? `the certificate of the server is not for ${host}: name the host that it is for`
          : `the certificate of the server is not for the address ${host}: name the host in its place`,
      )
    if (untrusted.test(code))
      return wrong(
        `the certificate of ${host} is signed by an authority that is not trusted here: name that authority's own certificate by tlsCAFile`,
      )
    throw error
  } finally {
    socket.destroy()
  }
}

/** Without TLS, by the first words of HTTP/2. Throws where they do not come. */
const inPlain = async ({ host, port }: Node, timeout_ms: number): Promise<Answer> => {
  const session = connectPlain(`http://${host}:${port}`)
  // What goes wrong after the answer goes wrong with nobody.
  session.on('error', () => undefined)
  const closed = new AbortController()
  session.once('close', () => closed.abort(new Error('it hangs up')))
  try {
    await once(session, 'remoteSettings', { signal: AbortSignal.any([closed.signal, AbortSignal.timeout(timeout_ms)]) })
    return { tag: 'well' }
  } finally {
    session.destroy()
  }
}

const succeeds = (answer: Promise<Answer>): Promise<boolean> =>
  answer.then(({ tag }) => tag === 'well').catch(() => false)

/** A name that is only not to be had now is told from one that is not there. */
const resolves = async (host: string): Promise<Answer | undefined> => {
  try {
    await lookup(host)
    return undefined
  } catch (error) {
    return wrong(`the host ${host} does not resolve (${codeOf(error)}): correct it in the connection string, or in DNS`)
  }
}

const readAuthority = (file: string): Buffer | undefined => {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

const knockAt = async (node: Node, { isTls }: Told, ca: Buffer | undefined, timeout_ms: number): Promise<Answer> => {
  const nowhere = await resolves(node.host)
  if (nowhere !== undefined) return nowhere
  try {
    return await (isTls ? byTls(node, ca, timeout_ms) : inPlain(node, timeout_ms))
  } catch (error) {
    if (isTls && (await succeeds(inPlain(node, timeout_ms))))
      return wrong(`${node.host}:${node.port} speaks without TLS: add tls=false, or let it be given a certificate`)
    if (!isTls && (await succeeds(byTls(node, undefined, timeout_ms, false))))
      return wrong(`${node.host}:${node.port} speaks TLS: leave out tls=false, and name its authority by tlsCAFile`)
    return { tag: 'away', reason: `${node.host}:${node.port} does not answer: ${textOf(error)}` }
  }
}

/** Knocks at all nodes at once. One that is well is enough; one that is wrong is told where none is. */
export const knock = async (told: Told, timeout_ms: number): Promise<Answer> => {
  const ca = told.caFile === undefined ? undefined : readAuthority(told.caFile)
  if (told.isTls && told.caFile !== undefined && ca === undefined)
    return wrong(`there is no file ${told.caFile} to be read: correct tlsCAFile`)
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----'))
    return wrong(`${told.caFile} holds no certificate in PEM: correct tlsCAFile`)
  const answers = await Promise.all(told.nodes.map((node) => knockAt(node, told, ca, timeout_ms)))
  const first = (tag: Answer['tag']) => answers.find((answer) => answer.tag === tag)
  return first('well') ?? first('wrong') ?? first('away') ?? { tag: 'away', reason: 'no node is named' }
}
