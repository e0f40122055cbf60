import { alike, type Course, from } from './courses'

/** What many quotes come to: medians, weights, conversions. */
export const indexCourses: readonly Course[] = [
  {
    name: 'median of seven',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['BTC/USD: 20410 20411 20412 20413 20414 20415 20416'],
        expect: ['BTC-USD: 20413 slow 20413 at 06:59:59.770 +-2 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['BTC/USD: 20420 20421 20422 20423 20424 20425 20426'],
        expect: ['BTC-USD: 20423 slow 20413 at 07:00:00.770 +-2 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
  {
    name: 'two liars of seven',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['BTC/USD: 20412 20412 20412 20412 20412 20412 20412'],
        expect: ['BTC-USD: 20412 slow 20412 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['BTC/USD: 20410 20411 20412 20413 20414 999999999 0.01'],
        expect: ['BTC-USD: 20412 slow 20412 at 07:00:00.770 +-2 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
  {
    name: 'midpoint of lower and upper',
    indices: [{ index: 'BTC-USD', quorum: 3, sources: alike(4), places: 2 }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: [
          'BTC/USD: s1 06:59:59.900 100.01, s2 06:59:59.900 100.02, s3 06:59:59.900 100.03, s4 06:59:59.900 100.04',
        ],
        expect: ['BTC-USD: 100.02 slow 100.02 at 06:59:59.900 +-0.01 of s1 s2 s3 s4, weighs 8, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: [
          'BTC/USD: s1 07:00:00.900 100.01, s2 07:00:00.900 100.02, s3 07:00:00.900 100.05, s4 07:00:00.900 100.06',
        ],
        expect: ['BTC-USD: 100.04 slow 100.02 at 07:00:00.900 +-0.02 of s1 s2 s3 s4, weighs 8, usable'],
      },
    ],
  },
  {
    name: 'USDC below its peg (2023-03-11 07:00)',
    indices: [
      { index: 'USDT-USD', quorum: 3, sources: alike(5), places: 6 },
      { index: 'USDC-USD', quorum: 3, sources: alike(5), places: 6 },
      {
        index: 'BTC-USD',
        quorum: 7,
        sources: from(
          'coinbase*2 kraken*2 binance-t*1/USDT coinbase-t*1/USDT kraken-t*1/USDT binance-c*1/USDC kraken-c*1/USDC',
        ),
        places: 2,
        conversions: { USDT: 'USDT-USD', USDC: 'USDC-USD' },
      },
    ],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: [
          'USDT/USD: s1 06:59:59.850 1.0058, s2 06:59:59.850 1.0060, s3 06:59:59.850 1.0060, s4 06:59:59.850 1.0061, s5 06:59:59.850 1.0063',
          'USDC/USD: s1 06:59:59.850 0.9130, s2 06:59:59.850 0.9135, s3 06:59:59.850 0.9137, s4 06:59:59.850 0.9140, s5 06:59:59.850 0.9150',
          'BTC/USD: coinbase 06:59:59.800 20412.06, kraken 06:59:59.800 20415.10',
          'BTC/USDT: binance-t 06:59:59.800 20293.19, coinbase-t 06:59:59.800 20290.4, kraken-t 06:59:59.800 20295',
          'BTC/USDC: binance-c 06:59:59.800 22339.31, kraken-c 06:59:59.800 22340.2',
        ],
        expect: [
          'USDT-USD: 1.006 slow 1.006 at 06:59:59.850 +-0.0001 of s1 s2 s3 s4 s5, weighs 10, usable',
          'USDC-USD: 0.9137 slow 0.9137 at 06:59:59.850 +-0.0003 of s1 s2 s3 s4 s5, weighs 10, usable',
          'BTC-USD: 20412.24 slow 20412.24 at 06:59:59.800 +-0.81 of binance-c binance-t coinbase coinbase-t kraken kraken-c kraken-t, weighs 18, usable',
        ],
      },
    ],
  },
  {
    name: 'a conversion too uncertain is not used',
    indices: [
      { index: 'USDT-USD', quorum: 3, sources: alike(5), places: 6 },
      { index: 'USDC-USD', quorum: 3, sources: alike(5), places: 6 },
      {
        index: 'BTC-USD',
        quorum: 7,
        sources: from(
          'coinbase*2 kraken*2 binance-t*1/USDT coinbase-t*1/USDT kraken-t*1/USDT binance-c*1/USDC kraken-c*1/USDC',
        ),
        places: 2,
        conversions: { USDT: 'USDT-USD', USDC: 'USDC-USD' },
      },
    ],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: [
          'USDT/USD: s1 06:59:59.850 1.0058, s2 06:59:59.850 1.0060, s3 06:59:59.850 1.0060, s4 06:59:59.850 1.0061, s5 06:59:59.850 1.0063',
          'USDC/USD: s1 06:59:59.850 0.88, s2 06:59:59.850 0.89, s3 06:59:59.850 0.91, s4 06:59:59.850 0.93, s5 06:59:59.850 0.95',
          'BTC/USD: coinbase 06:59:59.800 20412.06, kraken 06:59:59.800 20415.10',
          'BTC/USDT: binance-t 06:59:59.800 20293.19, coinbase-t 06:59:59.800 20290.4, kraken-t 06:59:59.800 20295',
          'BTC/USDC: binance-c 06:59:59.800 22339.31, kraken-c 06:59:59.800 22340.2',
        ],
        expect: [
          'USDT-USD: 1.006 slow 1.006 at 06:59:59.850 +-0.0001 of s1 s2 s3 s4 s5, weighs 10, usable',
          'USDC-USD: 0.91 slow 0.91 at 06:59:59.850 +-0.02 of s1 s2 s3 s4 s5, weighs 10, usable',
          'BTC-USD: 20414.95 slow 20414.95 at 06:59:59.800 +-1.82 of binance-t coinbase coinbase-t kraken kraken-t, weighs 14, usable',
        ],
      },
    ],
  },
]
