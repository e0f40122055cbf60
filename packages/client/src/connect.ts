import { dryRun, send } from './commands'
import { type Conversation, converse } from './conversation'
import { follow } from './feed'
import type { Pools } from './generated/api'
import { paths } from './generated/paths'
import { beginJob, stopJob, workOut } from './jobs'
import { type Patience, patience } from './pauses'
import { ask, list } from './read'
import { answered, type Line } from './request'
import { session, signIn, signOut } from './session'
import type { OpenSocket } from './socket'
import { states } from './states'
import type { Asked, Told } from './types'
import { here, ownSocket, type World } from './world'

export interface Connection {
  /** `http://127.0.0.1:8420`, or where else the gateway is. */
  readonly url: string
  /** As `novation token` shows it; none on one's own machine. */
  readonly token?: string
  readonly patience?: Partial<Patience>
  /** Opens a WebSocket, where there is none, or one that is to bring a token along. */
  readonly socket?: OpenSocket
  /** Time, network and dice, where somebody else owns them. */
  readonly world?: World
}

/** One pool of a clearinghouse. */
const poolOf = (line: Line, name: string) => {
  const question = ask(line, name)
  return {
    name,
    /** Any question of the interface, by its name: `ask('price', { name: 'BTC-PERP', at: 12566 })`. */
    ask: question,
    /** Every item of a list, page after page, all of one revision: `for await (const one of pool.list('accounts', {}))`. */
    list: list(line, name),
    /** How the pool stands, in a few figures. */
    summary: (words: Asked<'summary'> = {}) => question('summary', words),
    /** One account, as the solvency statement has it. */
    account: (account: string, words: Omit<Asked<'account'>, 'account'> = {}) =>
      question('account', { ...words, account }),
    /** What became of a command that was sent before. */
    outcome: (actor: string, id: string) => question('outcome', { actor, id }),
    send: send(line, name),
    dryRun: dryRun(line, name),
    beginJob: beginJob(line, name),
    stopJob: stopJob(line, name),
    workOut: workOut(line, name),
    follow: follow(line, name),
    states: states(line, name),
  }
}

export type Pool = ReturnType<typeof poolOf>

/** An OpenAPI document, as far as it says of what form each thing is. */
export interface Described {
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

/** A clearinghouse behind a gateway. Nothing is asked before something is wanted. */
export const connect = ({ url, token, socket = ownSocket, world = here, ...more }: Connection) => {
  const line: Line = { url: url.replace(/\/+$/, ''), token, world, patience: { ...patience, ...more.patience } }
  return {
    pool: (name: string): Pool => poolOf(line, name),
    /** Follows channels of several pools that come and go, over a WebSocket. */
    converse: (): Conversation => converse(line, socket),
    session: session(line),
    signIn: signIn(line),
    signOut: signOut(line),
    /** Which pools there are, and how far each has come. */
    pools: async (): Promise<Told<Pools>> => {
      const response = await answered(line, { method: 'GET', path: paths.pools })
      return { data: (await response.json()) as Pools, revision: undefined, at: undefined }
    },
    /** The interface as this gateway describes it, in OpenAPI 3.1: for whoever makes forms or checks of it. */
    description: async (): Promise<Described> =>
      (await answered(line, { method: 'GET', path: '/openapi.json' })).json() as Promise<Described>,
  }
}
