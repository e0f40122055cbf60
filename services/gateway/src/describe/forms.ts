import { commandMeanings, type Definitions, EventMetadata, eventMeanings, Posting, type Schema } from '@novation/events'
import * as t from 'io-ts'
import { EventForm } from '../forms/events'
import { ProblemForm } from '../forms/problem'
import type { Line } from '../http/line'
import { reads } from '../reads/index'

/** A union, and each of what it is a union of. */
const withMembers = (form: t.Mixed): readonly t.Mixed[] =>
  form instanceof t.UnionType ? [form, ...form.types.flatMap(withMembers)] : [form]

/**
 * Where the forms of a document stand, and which of them stand there rather than wherever they are spoken of: all that a line
 * takes or answers, and what several of those are made of.
 */
export const definitionsOf = (lines: readonly Line[]): Definitions => ({
  at: '#/components/schemas/',
  shared: new Set([
    ...Object.values(reads).map(({ answers }) => answers),
    ...withMembers(EventForm),
    Posting,
    EventMetadata,
    ProblemForm,
    ...lines.flatMap(({ answers }) => [...answers.bodies, ...answers.takes].flatMap(({ form }) => withMembers(form))),
  ]),
  forms: new Map(),
})

const spoken: Readonly<Record<string, string>> = { ...commandMeanings, ...eventMeanings }

/** The forms that came together, in the order of their names, each with what it means where that is said. */
export const schemasOf = ({ forms }: Definitions): Schema =>
  Object.fromEntries(
    [...forms]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, form]) => {
        const description = spoken[name]
        return [name, description === undefined ? form : { description, ...form }]
      }),
  )
