export type { Head } from './heads'
export type { Answered } from './http/routes'
export { type AskPast, answerPast, type PastAnswer, type Question } from './moments/ask-past'
export { type GatewayReport, type GatewayService, runGateway } from './service'
