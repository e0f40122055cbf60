import type { FastifyReply } from 'fastify'
import type { Check, Health } from './health'
import type { Metrics } from './metrics'

export interface HttpSettings {
  readonly host: string
  /** 0 takes any that is free. */
  readonly port: number
}

/** What a service tells whoever looks after it. */
export interface Told {
  readonly health: Health
  readonly metrics: Metrics
  readonly version: Readonly<Record<string, string>>
  /** Called before the page of metrics is written. */
  readonly refresh: () => void
}

const answer = (reply: FastifyReply, checks: readonly Check[], verbose: boolean): FastifyReply => {
  const ok = checks.every((check) => check.ok)
  const status = reply.code(ok ? 200 : 503)
  if (!verbose)
    return status.type('text/plain').send(ok ? 'ok\n' : `${checks.filter((c) => !c.ok)[0]?.name ?? ''} is not well\n`)
  return status.send({ ok, checks })
}

/** Whether the query asks for every check by itself: `?verbose`. */
const isVerbose = (query: unknown): boolean => typeof query === 'object' && query !== null && 'verbose' in query

/** Serves `/livez`, `/readyz`, `/metrics` and `/version`; answers where it listens and how to stop. */
export const serveHttp = async (
  { host, port }: HttpSettings,
  told: Told,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  // Loaded here, since most commands of the same program serve nothing.
  const { default: fastify } = await import('fastify')
  const server = fastify()
  server.get('/livez', (request, reply) => answer(reply, told.health.live(), isVerbose(request.query)))
  server.get('/readyz', (request, reply) =>
    answer(reply, [...told.health.readiness(), ...told.health.live()], isVerbose(request.query)),
  )
  server.get('/metrics', async (_, reply) => {
    told.refresh()
    return reply.type(told.metrics.contentType).send(await told.metrics.page())
  })
  server.get('/version', () => told.version)
  const url = await server.listen({ host, port })
  return { url, close: () => server.close() }
}
