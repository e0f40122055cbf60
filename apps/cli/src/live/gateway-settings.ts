import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { HttpSettings } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import type { GatewayGiven } from './given'

/** What a gateway is told on the command line. */
export interface GatewayLife {
  readonly listen: HttpSettings
  readonly tokens: string | undefined
  readonly public: boolean
  readonly checkpoints: string | undefined
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  readonly behindProxy: boolean
  readonly origin: readonly string[] | undefined
  readonly cors: readonly string[] | undefined
  readonly instance: string | undefined
}

interface Where {
  readonly kafka: readonly string[] | undefined
  readonly eventstore: string | undefined
  readonly ledger: string
}

const isLoopback = ({ host }: HttpSettings): boolean => host === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host)

const unsafe = (what: string, why: string, remedy: string): Failure =>
  new Failure({ id: 'gateway-open', exit: exitCodes.usage, what, why, remedy })

/** Nobody is to be answered, or taken commands from, who does not say who he is, or in the clear over a network. */
export const checkGateway = (
  { listen, tokens, public: isPublic, tls, behindProxy }: GatewayLife,
  { kafka }: Pick<Where, 'kafka'>,
): void => {
  if (tokens === undefined && (kafka !== undefined || !isLoopback(listen)))
    throw unsafe(
      'the gateway must know who asks',
      kafka === undefined ? `${listen.host} may be reached from elsewhere` : 'it stands before the real parts',
      'name a file of tokens with --tokens, and make them by novation token; or listen on 127.0.0.1 alone, embedded',
    )
  if (tokens === undefined && isPublic)
    throw unsafe(
      'whoever has no token cannot be told from whoever has one',
      'there are no tokens, so everybody sees everything',
      'name a file of tokens with --tokens beside --public',
    )
  if (!isLoopback(listen) && tls === undefined && !behindProxy)
    throw unsafe(
      'tokens must not go over a network in the clear',
      `${listen.host} may be reached from elsewhere`,
      'name --tls=CERT,KEY, or say --behind-proxy where somebody in front sees to it',
    )
}

const pem = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Failure({
      id: 'usage',
      exit: exitCodes.usage,
      what: `${path} of --tls cannot be read`,
      why: (error as Error).message,
      remedy: 'name the files of the certificate and of its key, in PEM, with a comma between',
    })
  }
}

/** Who only follows yields to those who decide: what a gateway has not told yet it tells later. */
export const niceOf = (names: readonly string[]): number => (names.every((name) => name === 'gateway') ? 10 : 0)

/** What follows from it for the gateway that begins. */
export const gatewayGiven = (
  { listen, tokens, public: isPublic, checkpoints, tls, behindProxy, origin, cors, instance }: GatewayLife,
  { eventstore, ledger }: Where,
  listening: (url: string) => void,
): GatewayGiven => ({
  listen: { ...listen, ...(tls === undefined ? {} : { tls: { cert: pem(tls.cert), key: pem(tls.key) } }) },
  tokens,
  isPublic,
  isBehindProxy: behindProxy,
  checkpoints,
  origins: origin ?? [],
  cors: cors ?? [],
  instance: instance ?? hostname(),
  ledger: eventstore === undefined ? { folder: ledger } : { eventstore },
  listening,
})
