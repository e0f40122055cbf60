export { type Check, type Health, openHealth } from './health'
export { type HttpSettings, serveHttp, type Told } from './http'
export { type Log, type LogLevel, logLevels, openLog } from './log'
export { type MetricName, type Metrics, metricTable, openMetrics } from './metrics'
