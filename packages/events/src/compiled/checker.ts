import * as t from 'io-ts'
import { FieldsType } from '../fields'
import { fieldsOf, newCode, newVerdict, type Shape } from './code'

/** Whether a value is right as it stands, with nothing in it that its codec does not name. */
export type Check = (value: unknown) => boolean

const listChecker =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)

/**
 * The checker of a codec, made once. What it says yes to, the codec takes as it is; what it says no to may be right all
 * the same, and is for the codec to answer.
 */
export const checkerOf = (codec: Shape): Check => {
  const code = newCode(newVerdict().refuse)
  const fields = fieldsOf(codec)
  const parts = fields.map(({ key, codec: inside, isRequired }) => {
    const check = `${code.given(checkOf(inside))}(v.${key})`
    return isRequired ? check : `(v.${key} === undefined || ${check})`
  })
  const present = fields.map(({ key, isRequired }) => (isRequired ? '1' : `(v.${key} === undefined ? 0 : 1)`))
  const isWhole = `Object.keys(v).length === ${present.join(' + ') || '0'}`
  return code.made('v', ["typeof v === 'object'", 'v !== null', isWhole, ...parts].join(' && '))
}

const checkOf = (codec: t.Mixed): Check => {
  if (codec instanceof FieldsType) return checkerOf(codec)
  return codec instanceof t.ReadonlyArrayType ? listChecker(checkOf(codec.type)) : (value) => codec.is(value)
}
