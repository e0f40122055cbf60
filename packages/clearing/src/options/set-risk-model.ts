import { checkRiskModel } from '@novation/risk'
import { accepted, type Decide, reject } from '../decision'
import { modelOf } from '../state/risk'

/**
 * How options on an underlying are margined from now on. It counts at once, for all who hold any: a model is what a house measures
 * risk with, and no promise.
 */
export const setRiskModel: Decide<'SetRiskModel'> = (draft, model) => {
  const { assets } = draft.pool
  const asset = assets.get(model.underlying)
  if (asset === undefined) return reject('unknown-asset', `no asset ${model.underlying} in this pool`)
  if (asset.settlement) return reject('bad-parameter', `${asset.id} is what prices are in: nothing is an option on it`)
  if ((model.spot === undefined) === (model.rows === undefined))
    return reject('bad-parameter', 'a model has either a grid of spot moves or rows of its own')
  const wrong = checkRiskModel(modelOf(model).terms)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  draft.record('RiskModelSet', { model })
  return accepted
}
