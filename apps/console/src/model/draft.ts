import type { Field, Form, Simple } from './schema'

/** What was filled in so far, by the path of each value; of a list, how many items it has. */
export type Draft = Readonly<Record<string, string>>

export const pathOf = (under: string, name: string): string => (under === '' ? name : `${under}.${name}`)

const lengthOf = (draft: Draft, path: string): number => Number(draft[path] ?? '0')

export const lengthen = (draft: Draft, path: string, by: 1 | -1): Draft => ({
  ...draft,
  [path]: String(Math.max(0, lengthOf(draft, path) + by)),
})

export const itemsOf = (draft: Draft, path: string): readonly string[] =>
  Array.from({ length: lengthOf(draft, path) }, (_, i) => pathOf(path, String(i)))

/** What a draft says, and what is wrong with it, by path. */
export interface ReadDraft {
  readonly data: Readonly<Record<string, unknown>>
  readonly wrong: Readonly<Record<string, string>>
}

type Value = { readonly value?: unknown; readonly wrong: Readonly<Record<string, string>> }

const nothing: Value = { wrong: {} }

const readText = (text: string, form: Simple, path: string): Value => {
  const isWrong = (why: string): Value => ({ wrong: { [path]: why } })
  switch (form.is) {
    case 'text':
      return form.pattern === undefined || new RegExp(form.pattern).test(text)
        ? { value: text, wrong: {} }
        : isWrong(form.hint === '' ? 'not of the right form' : form.hint)
    case 'whole':
      return /^\d{1,15}$/.test(text) && Number(text) >= form.least && Number(text) <= form.most
        ? { value: Number(text), wrong: {} }
        : isWrong(`a whole number from ${form.least} to ${form.most}`)
    case 'choice':
      return form.of.includes(text) ? { value: text, wrong: {} } : isWrong(`one of ${form.of.join(', ')}`)
    case 'yes-no':
      return { value: text === 'true', wrong: {} }
  }
}

const readForm = (draft: Draft, form: Form, path: string, isNeeded: boolean): Value => {
  if (form.is === 'fixed') return isNeeded ? { value: form.value, wrong: {} } : nothing
  if (form.is === 'group') {
    const isEmpty = !Object.entries(draft).some(([at, text]) => at.startsWith(`${path}.`) && text !== '')
    if (!isNeeded && isEmpty) return nothing
    const { data, wrong } = readDraft(form.fields, draft, path)
    return { value: data, wrong }
  }
  if (form.is === 'list') {
    const items = itemsOf(draft, path).map((item) => readForm(draft, form.of, item, true))
    if (items.length === 0 && !isNeeded) return nothing
    return { value: items.map(({ value }) => value), wrong: Object.assign({}, ...items.map(({ wrong }) => wrong)) }
  }
  const text = (draft[path] ?? '').trim()
  if (text === '') return isNeeded ? { wrong: { [path]: 'needed' } } : nothing
  return readText(text, form, path)
}

/** Reads what was filled in: what was left empty and is not needed is left out. */
export const readDraft = (fields: readonly Field[], draft: Draft, under = ''): ReadDraft => {
  const read = fields.map(({ name, isNeeded, form }) => ({
    name,
    ...readForm(draft, form, pathOf(under, name), isNeeded),
  }))
  return {
    data: Object.fromEntries(read.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
    wrong: Object.assign({}, ...read.map(({ wrong }) => wrong)),
  }
}
