import { sha256 } from '@novation/events'

/** A JSON object whose first field is the digest of all the rest, so that no byte of it can be another and be believed. */
export const sealText = (value: object): string => {
  const rest = JSON.stringify(value).slice(1)
  return `{"digest":"${sha256(rest)}",${rest}`
}

/** What was sealed, and its digest. Throws `TypeError` on anything else. */
export const unsealText = (text: string): { readonly value: unknown; readonly digest: string } => {
  const [head = '', digest] = /^\{"digest":"([0-9a-f]{64})",/.exec(text) ?? []
  if (digest === undefined) throw new TypeError('another version wrote it, or its beginning is gone')
  if (sha256(text.slice(head.length)) !== digest) throw new TypeError('it is damaged: its digest is not its own')
  return { value: JSON.parse(text), digest }
}
