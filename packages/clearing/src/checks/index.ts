export { type Equities, equitiesIn } from './append'
export { eachLayerPaysItsPart } from './costs'
export { equityIsContinuous } from './equity'
