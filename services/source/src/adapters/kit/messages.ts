import type { Heard, Market } from '../adapter'

/** A message as a venue publishes it, when it came, and what it says. */
export interface Case {
  readonly venue: string
  readonly name: string
  readonly message: string
  readonly receivedAt: string
  readonly heard: readonly Heard[]
}

/** What symbols stand for that do not say it themselves. */
export const symbols: Readonly<Record<string, Market>> = {
  BTCUSDT: { base: 'BTC', currency: 'USDT' },
  BTCUSDC: { base: 'BTC', currency: 'USDC' },
  USDCUSDT: { base: 'USDC', currency: 'USDT' },
  ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace: { base: 'ETH', currency: 'USD' },
}

/** Numbers stand as they are printed: their digits are what is held. */
export const cases: readonly Case[] = [
  {
    venue: 'coinbase',
    name: 'advanced trade ticker',
    message: `{"channel":"ticker","client_id":"","timestamp":"2026-04-07T14:30:03.123456Z","sequence_num":12,"events":[{"type":"update","tickers":[{"type":"ticker","product_id":"BTC-USD","price":"68900.50","volume_24_h":"15328.12345678","best_bid":"68900.00","best_bid_quantity":"1.5","best_ask":"68901.01","best_ask_quantity":"0.5"}]}]}`,
    receivedAt: '2026-04-07T14:30:03.250Z',
    heard: [
      {
        base: 'BTC',
        currency: 'USD',
        at: '2026-04-07T14:30:03.123Z',
        price: '68900.505',
        confidence: '0.505',
        volume: '15328.12345678',
      },
    ],
  },
  {
    venue: 'coinbase',
    name: 'exchange ticker',
    message: `{"type":"ticker","sequence":3262786978,"product_id":"BTC-USD","price":"4388.01","best_bid":"4388","best_ask":"4388.01","side":"buy","time":"2017-09-02T17:05:49.250000Z","trade_id":20153558,"last_size":"0.03","volume_24h":"9000.5"}`,
    receivedAt: '2026-04-07T14:30:03.250Z',
    heard: [
      {
        base: 'BTC',
        currency: 'USD',
        at: '2017-09-02T17:05:49.250Z',
        price: '4388.005',
        confidence: '0.005',
        volume: '9000.5',
      },
    ],
  },
  {
    venue: 'coinbase',
    name: 'crossed book',
    message: `{"type":"ticker","product_id":"BTC-USD","price":"4388.01","best_bid":"4390","best_ask":"4388.01","time":"2017-09-02T17:05:49.250000Z"}`,
    receivedAt: '2026-04-07T14:30:03.250Z',
    heard: [{ ignored: 'crossed' }],
  },
  {
    venue: 'coinbase',
    name: 'a heartbeat is no price',
    message: `{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2014-11-07T08:19:28.464459Z"}`,
    receivedAt: '2026-04-07T14:30:03.250Z',
    heard: [],
  },
  {
    venue: 'kraken',
    name: 'numbers are JSON numbers: their text is the decimal, never a float',
    message: `{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":105944.20,"bid_qty":2.5,"ask":105944.30,"ask_qty":3.2,"last":105899.40,"volume":163.28908096,"vwap":105904.39279,"timestamp":"2026-04-07T14:30:03.000999Z"}]}`,
    receivedAt: '2026-04-07T14:30:03.250Z',
    heard: [
      {
        base: 'BTC',
        currency: 'USD',
        at: '2026-04-07T14:30:03.000Z',
        price: '105944.25',
        confidence: '0.05',
        volume: '163.28908096',
      },
    ],
  },
  {
    venue: 'kraken',
    name: 'more digits than a float holds',
    message: `{"channel":"ticker","type":"update","data":[{"symbol":"SHIB/USD","bid":0.000012345678901234,"ask":0.000012345678901236,"last":0.000012345678901235,"volume":123456789012345678.25}]}`,
    receivedAt: '2026-04-07T14:30:03.250Z',
    heard: [
      {
        base: 'SHIB',
        currency: 'USD',
        at: '2026-04-07T14:30:03.250Z',
        price: '0.000012345678901235',
        confidence: '0.000000000000000001',
        volume: '123456789012345678.25',
      },
    ],
  },
  {
    venue: 'kraken',
    name: 'no timestamp: the time it was received',
    message: `{"channel":"ticker","type":"snapshot","data":[{"symbol":"USDC/USD","bid":0.9136,"ask":0.9138,"last":0.9137,"volume":1.0}]}`,
    receivedAt: '2023-03-11T07:00:00.005Z',
    heard: [
      {
        base: 'USDC',
        currency: 'USD',
        at: '2023-03-11T07:00:00.005Z',
        price: '0.9137',
        confidence: '0.0001',
        volume: '1',
      },
    ],
  },
  {
    venue: 'kraken',
    name: 'XBT is BTC',
    message: `{"channel":"ticker","type":"update","data":[{"symbol":"XBT/USD","bid":20412.0,"ask":20412.1,"last":20412.0,"volume":1.5}]}`,
    receivedAt: '2023-03-11T07:00:00.005Z',
    heard: [
      {
        base: 'BTC',
        currency: 'USD',
        at: '2023-03-11T07:00:00.005Z',
        price: '20412.05',
        confidence: '0.05',
        volume: '1.5',
      },
    ],
  },
  {
    venue: 'kraken',
    name: 'nobody bids',
    message: `{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":0.0,"ask":20412.1,"last":20412.0,"volume":1.5}]}`,
    receivedAt: '2023-03-11T07:00:00.005Z',
    heard: [{ ignored: 'one-sided' }],
  },
  {
    venue: 'binance',
    name: 'book ticker has no time: the time it was received',
    message: `{"u":400900217,"s":"BTCUSDT","b":"20293.18000000","B":"31.21000000","a":"20293.20000000","A":"40.66000000"}`,
    receivedAt: '2023-03-11T07:00:00.005Z',
    heard: [{ base: 'BTC', currency: 'USDT', at: '2023-03-11T07:00:00.005Z', price: '20293.19', confidence: '0.01' }],
  },
  {
    venue: 'binance',
    name: 'combined stream',
    message: `{"stream":"btcusdc@bookTicker","data":{"u":1,"s":"BTCUSDC","b":"22339.30000000","B":"1.0","a":"22339.32000000","A":"1.0"}}`,
    receivedAt: '2023-03-11T07:00:00.005Z',
    heard: [{ base: 'BTC', currency: 'USDC', at: '2023-03-11T07:00:00.005Z', price: '22339.31', confidence: '0.01' }],
  },
  {
    venue: 'binance',
    name: 'aggregate trade',
    message: `{"e":"aggTrade","E":1678518000123,"s":"USDCUSDT","a":12345,"p":"0.91210000","q":"100","f":100,"l":105,"T":1678518000120,"m":true,"M":true}`,
    receivedAt: '2023-03-11T07:00:00.500Z',
    heard: [{ base: 'USDC', currency: 'USDT', at: '2023-03-11T07:00:00.120Z', price: '0.9121' }],
  },
  {
    venue: 'binance',
    name: 'times in microseconds',
    message: `{"e":"aggTrade","E":1678518000123456,"s":"BTCUSDT","a":12345,"p":"20293.19","q":"1","f":1,"l":1,"T":1678518000120999,"m":true,"M":true}`,
    receivedAt: '2023-03-11T07:00:00.500Z',
    heard: [{ base: 'BTC', currency: 'USDT', at: '2023-03-11T07:00:00.120Z', price: '20293.19' }],
  },
  {
    venue: 'binance',
    name: 'a symbol nobody named',
    message: `{"u":1,"s":"BTCFDUSD","b":"1","B":"1","a":"2","A":"1"}`,
    receivedAt: '2023-03-11T07:00:00.005Z',
    heard: [{ ignored: 'unknown-symbol' }],
  },
  {
    venue: 'pyth',
    name: 'price and confidence by exponent',
    message: `[{"id":"ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace","price":{"price":"184136023127","conf":"177166324","expo":-8,"publish_time":1692110601},"ema_price":{"price":"184100641000","conf":"178704085","expo":-8,"publish_time":1692110601}}]`,
    receivedAt: '2023-08-15T14:43:22.000Z',
    heard: [
      {
        base: 'ETH',
        currency: 'USD',
        at: '2023-08-15T14:43:21.000Z',
        price: '1841.36023127',
        confidence: '1.77166324',
      },
    ],
  },
  {
    venue: 'pyth',
    name: 'zero is no price',
    message: `[{"id":"ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace","price":{"price":"0","conf":"0","expo":-8,"publish_time":1692110601}}]`,
    receivedAt: '2023-08-15T14:43:22.000Z',
    heard: [{ ignored: 'not-positive' }],
  },
]
