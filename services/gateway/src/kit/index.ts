export { get, market, openHouse } from './house'
