export { type OracleReport, runOracle } from './run-oracle'
