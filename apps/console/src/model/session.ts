import {
  type Answer,
  type Asked,
  connect,
  type Described,
  type Pool,
  Problem,
  type Question,
  type Session,
} from '@novation/client'
import { computed, signal } from '@preact/signals'
import { address, now, onBack, origin, pause, show, takeToken } from '../world'
import { type Known, keepAnswers } from './answers'
import { bounded, leadingInstrument, type Row, tellingRows } from './course'
import { addressOf, moved, type Place, placeOf } from './place'

/** How the page stands to the gateway. */
export type Link = 'connecting' | 'live' | 'away' | 'signed-out' | 'empty' | 'no-pool' | 'not-permitted'

export const link = signal<Link>('connecting')
/** Where somebody is; nothing until a pool is known. */
export const place = signal<Place | undefined>(undefined)
/** The newest that is known of the pool. */
export const head = signal<Answer<'summary'> | undefined>(undefined)
export const poolNames = signal<readonly string[]>([])
/** How the pool has stood so far. */
export const course = signal<readonly Row[]>([])
/** That of it which says something, and the instrument that it is followed by: once, however many look at it. */
export const telling = computed(() => tellingRows(course.value))
export const leading = computed(() => leadingInstrument(telling.value))

/** Who looks, and what he may see and send. */
export const who = signal<Session | undefined>(undefined)

/** The revision that is looked at: that of the address, or the newest. */
export const revision = computed(() => place.value?.at ?? head.value?.revision)
export const isLive = computed(() => place.value?.at === undefined)

/** Asked once for what is shown; the other listens, and would rather hear at once that it is not heard. */
const lines = {
  asking: connect({ url: origin(), patience: { attempts: 3 } }),
  listening: connect({ url: origin(), patience: { attempts: 1 } }),
}

/** How often it is looked whether somebody has gone elsewhere. */
const look_ms = 100
/** How long after nobody answered he is asked again. */
const away_ms = 2_000

/** A pool, to read lists of it. */
export const poolOf = (name: string): Pool => lines.asking.pool(name)

/** Nobody is there, or he is busy: the same question may be answered later. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof Problem) || error.status === 429 || error.status >= 500

/** Looks at everybody, and so takes as long as there are many. */
const sweeps: ReadonlySet<Question> = new Set<Question>(['distribution'])

/** The present is swept for a quarter of the time at the most; whoever goes elsewhere meanwhile is not kept waiting. */
export const sweepRest = async (took_ms: number): Promise<void> => {
  const until = now() + 3 * took_ms
  while (isLive.value && now() < until) await pause(look_ms)
}

const noAnswers = () =>
  keepAnswers(async (question, words) => (await pool().ask(question, words)).data, {
    isPassing,
    rest: () => pause(away_ms),
    pace: async (question, took_ms) => {
      if (sweeps.has(question)) await sweepRest(took_ms)
    },
    now,
  })
let answers = noAnswers()

/** What the same question is called at whatever moment it is asked: of events, how far back it looks goes along with that. */
const courseName = (question: Question, { from: _, ...words }: { readonly from?: unknown }): string =>
  `${question} ${JSON.stringify(words)}`

/** What is known of an answer at the moment that is looked at. */
export const answerTo = <O extends Question>(question: O, words: Omit<Asked<O>, 'at'>): Known<Answer<O>> => {
  const at = revision.value
  return at === undefined
    ? { isWaiting: true }
    : answers.to(question, { ...words, at } as unknown as Asked<O>, courseName(question, words)).value
}

/** The same for what is of one moment for ever: an event. */
export const answerOf = <O extends Question>(question: O, words: Asked<O>): Known<Answer<O>> =>
  answers.to(question, words).value

let described: Promise<Described> | undefined

/** The interface as the gateway describes it: asked for once, when it is wanted first. */
export const description = (): Promise<Described> => {
  described ??= lines.asking.description().catch((error: unknown) => {
    described = undefined
    throw error
  })
  return described
}

/** The one that is looked at. */
export const pool = (): Pool => poolOf(place.value?.pool ?? '')

export const go = (to: Place, how: 'step' | 'instead' = 'step'): void => {
  if (to.pool !== place.value?.pool) forget()
  place.value = to
  show(addressOf(to), how)
}

/** Goes to a revision, and no further than the newest: there it is the present. */
export const goTo = (at: number | undefined, how: 'step' | 'instead' = 'instead'): void => {
  const [here, newest] = [place.value, head.value?.revision]
  if (here === undefined) return
  const isBeyond = at === undefined || (newest !== undefined && at >= newest)
  go(moved(here, isBeyond ? undefined : Math.max(0, at)), how)
}

/** Back to the present, on the same page. */
export const goLive = (): void => goTo(undefined)

const forget = (): void => {
  head.value = undefined
  course.value = []
  answers = noAnswers()
}

/** How long after news the next is asked for: many changes at once are one. */
const rest_ms = 250
/** So often at most the course is drawn anew. */
const course_ms = 2_000
/** The next is asked for once all that is shown is of the last, but for what looks at everybody; so long that is waited for. */
const patience_ms = 10_000

/** The course up to now: what is known stays, and what came since is asked for. */
const refreshCourse = async (name: string): Promise<void> => {
  const known = course.value.slice(0, -1)
  const last = course.value.at(-1)?.revision
  const words = last === undefined ? {} : { from: last }
  const { data } = await lines.listening.pool(name).ask('series', { points: 1500, ...words })
  if (place.value?.pool === name) course.value = bounded([...known, ...data.rows])
}

/** What it says of the gateway, or of who asks, that it did not say how the pool stands. */
const linkAfter = (error: unknown): Link => {
  if (!(error instanceof Problem)) return 'away'
  if (error.status === 401) return 'signed-out'
  switch (error.code) {
    case 'not-yet':
      return 'live'
    case 'bad-position':
      return 'empty'
    case 'unknown-pool':
      return 'no-pool'
    case 'not-permitted':
      return 'not-permitted'
    default:
      return 'away'
  }
}

/** Hears of the newest for as long as this pool is looked at. */
const listen = async (name: string): Promise<void> => {
  let drawn = 0
  while (place.value?.pool === name && link.value !== 'signed-out') {
    try {
      const known = head.value?.revision
      const { data } = await lines.listening.pool(name).summary(known === undefined ? {} : { atLeast: known + 1 })
      if (place.value?.pool !== name) return
      answers.told('summary', { at: data.revision }, data)
      head.value = data
      link.value = 'live'
      if (now() - drawn > course_ms) {
        await refreshCourse(name)
        drawn = now()
      }
      await pause(rest_ms)
      await Promise.race([answers.rested(sweeps), pause(patience_ms)])
    } catch (error) {
      link.value = linkAfter(error)
      if (link.value !== 'live' && link.value !== 'signed-out') await pause(away_ms)
    }
  }
}

const findPools = async (): Promise<void> => {
  while (poolNames.value.length === 0) {
    try {
      who.value = await lines.asking.session()
      const { data } = await lines.asking.pools()
      poolNames.value = data.items.map(({ pool: name }) => name)
      if (data.items.length === 0) await pause(away_ms)
    } catch (error) {
      link.value = linkAfter(error)
      if (link.value === 'signed-out') return
      await pause(away_ms)
    }
  }
}

/** Begins: reads the address, finds the pools, and listens to the one that is looked at. */
export const begin = async (): Promise<void> => {
  const { path, query } = address()
  const here = placeOf(path, query)
  if (here !== undefined) place.value = here
  const token = takeToken()
  if (token !== undefined) await lines.asking.signIn(token).catch(() => undefined)
  await findPools()
  const [first] = poolNames.value
  if (place.value === undefined && first !== undefined) go({ pool: first, page: 'overview' }, 'instead')
  for (let name = place.value?.pool; name !== undefined && link.value !== 'signed-out'; name = place.value?.pool)
    await listen(name)
}

onBack(() => {
  const { path, query } = address()
  const there = placeOf(path, query)
  if (there !== undefined) place.value = there
})

/** Has the browser keep a token where no program reads it, and begins anew; says why where it is not in force. */
export const signIn = async (token: string): Promise<string | undefined> => {
  try {
    await lines.asking.signIn(token)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  link.value = 'connecting'
  forget()
  void begin()
  return undefined
}
