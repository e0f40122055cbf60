import { oneOf, wholeNumber } from '@novation/events'
import { defaulted, optional, required } from './flag'
import { PathText, PlaceText, Switch } from './texts'

/** Flags that mean the same in every command that has them. */
export const ledger = required('DIR', PathText, 'the folder of the ledger')

export const output = defaulted('json|table', oneOf('json', 'table'), 'table', 'JSON for programs, tables for people')

export const at = defaulted(
  'POSITION',
  PlaceText,
  'end',
  'start, end, a revision, or @ and a time such as @2020-03-12T10:00:00Z',
)

export const maxSettle = defaulted(
  'N',
  wholeNumber(1, 1_000_000_000),
  '100000',
  'commands that may follow from one; more is a mistake in a reactor',
)

/** Every command has it. */
export const settings = optional('FILE', PathText, 'a JSON file of settings by the names of their flags')

export const keys = optional(
  'DIR',
  PathText,
  'sign with the keys of this folder, as `novation keys init` makes it; the pool must have adopted identity',
)

export const toggle = (help: string) => ({ codec: Switch, help, required: false, fallback: 'false' })
