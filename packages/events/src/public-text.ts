import { type Either, left, right } from 'fp-ts/Either'
import type { Unsealed } from './compiled/codecs'
import { dissectEvent, scanEvent } from './compiled/scan-event'
import type { LedgerEvent } from './events'
import { quoted } from './json'
import { publicForm, readPublicForm } from './public-form'
import { decodeEvent, type Stored, scannedEvent } from './stored'
import { upcasters } from './upcast'

/** What everybody reads of an event without looking into it, which each has had since its first version. */
interface Envelope {
  readonly pool: string
  readonly at: string
  readonly metadata: { readonly commandId: string; readonly correlationId: string; readonly causationId: string }
}

/** The public form of a stored event as text, made of the pieces of the text it is stored as; and its envelope. */
export const published = (stored: Stored): { readonly text: string; readonly envelope: Envelope } => {
  const { id, type, hash, body } = stored
  const parts = dissectEvent(type, body)
  if (parts === undefined) {
    const form = publicForm(stored)
    return { text: JSON.stringify(form), envelope: form as unknown as Envelope }
  }
  const { value, textOf } = parts
  const head = `{"id":${quoted(id)},"type":"${type}","pool":"${value.pool}","revision":${value.revision},"at":"${value.at}"`
  const metadata = `${textOf('metadata').slice(0, -1)},"hash":${quoted(hash)}}`
  const text = `${head},"data":${textOf('data')},"postings":${textOf('postings')},"metadata":${metadata}}`
  return { text, envelope: value }
}

const head =
  /\{"id":"([0-9a-f-]{36})","type":"(\w+)","pool":("[^"\\]*"),"revision":(0|[1-9]\d{0,14}),"at":("[^"\\]*"),"data":/y
const tail = /,"hash":"([0-9a-f]{64})"\}\}$/
const tailLength = ',"hash":""}}'.length + 64
const [beforePostings, beforeMetadata] = [',"postings":[', '],"metadata":{']

/** The stored event behind a public text, put together from its pieces; undefined where those do not make a canonical one. */
const reassembled = (text: string): { readonly stored: Stored; readonly scanned: Unsealed } | undefined => {
  head.lastIndex = 0
  const [, id, type, pool, revision, at] = head.exec(text) ?? []
  const [, hash] = tail.exec(text.slice(-tailLength)) ?? []
  const data = head.lastIndex
  const postings = text.indexOf(beforePostings, data)
  const metadata = text.indexOf(beforeMetadata, postings)
  if (id === undefined || type === undefined || hash === undefined || postings < 0 || metadata < 0) return undefined
  const body =
    `{"at":${at},"data":${text.slice(data, postings)},"metadata":${text.slice(metadata + beforeMetadata.length - 1, -tailLength)}},` +
    `"pool":${pool},"postings":${text.slice(postings + beforePostings.length - 1, metadata + 1)},"revision":${revision},"type":"${type}"}`
  const scanned = scanEvent(type, body)
  return scanned === undefined ? undefined : { stored: { id, type, revision: scanned.revision, hash, body }, scanned }
}

/** What is wrong with a text that is not even JSON. */
export const notJson = 'not JSON'

const readForm = (text: string): Either<string, Stored> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return left(notJson)
  }
  return readPublicForm(json)
}

/** The stored form behind a public text: the bytes its hash is taken over. Whether the hash is right is not looked at. */
export const readPublicText = (text: string): Either<string, Stored> => {
  const found = reassembled(text)
  return found === undefined ? readForm(text) : right(found.stored)
}

/** The event of a public text, brought up to today's schema as `decodeEvent` does it. */
export const decodePublicText = (text: string): Either<string, LedgerEvent> => {
  const found = reassembled(text)
  if (found !== undefined) return scannedEvent(found.stored, found.scanned, upcasters)
  const stored = readForm(text)
  return stored._tag === 'Left' ? stored : decodeEvent(stored.right)
}
