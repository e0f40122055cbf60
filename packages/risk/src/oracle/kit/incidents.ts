import { alike, type Course } from './courses'

/** What happened to others, in public, with the prices that were said: what would have come of it here. */
export const incidents: readonly Course[] = [
  {
    name: 'Synthetix sKRW 2019',
    indices: [{ index: 'KRW-USD', quorum: 5, sources: alike(7), places: 8 }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['KRW/USD: 0.000865 0.000865 0.000865 0.000865 0.000865 0.000865 0.000865'],
        expect: ['KRW-USD: 0.000865 slow 0.000865 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['KRW/USD: 0.000865 0.000865 0.000865 0.000865 0.000865 0.000865 0.865'],
        expect: ['KRW-USD: 0.000865 slow 0.000865 at 07:00:00.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:01:10.000',
        quotes: ['KRW/USD: s6 07:01:09.900 0.000865, s7 07:01:09.900 0.865'],
        expect: ['KRW-USD: silent, weighs 4, unusable'],
      },
    ],
  },
  {
    name: 'Compound DAI 2020',
    indices: [{ index: 'DAI-USD', quorum: 5, sources: alike(7), places: 4 }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['DAI/USD: 1.01 1.01 1.01 1.01 1.01 1.01 1.01'],
        expect: ['DAI-USD: 1.01 slow 1.01 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['DAI/USD: 1.01 1.01 1.02 1.02 1.03 1.24 1.30'],
        expect: ['DAI-USD: 1.02 slow 1.01 at 07:00:00.770 +-0.01 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
  {
    name: 'Binance USDe 2025',
    indices: [{ index: 'USDE-USD', quorum: 5, sources: alike(7), places: 4 }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['USDE/USD: 1 1 1 1 1 1 1'],
        expect: ['USDE-USD: 1 slow 1 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['USDE/USD: 0.65 0.985 0.99 0.992 0.995 0.998 0.999'],
        expect: ['USDE-USD: 0.992 slow 1 at 07:00:00.770 +-0.006 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
  {
    name: 'Paradex 2026',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['BTC/USD: 92284 92284 92284 92284 92284 92284 92284'],
        expect: ['BTC-USD: 92284 slow 92284 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['BTC/USD: 0 0 0 0 0 0 0'],
        ignored: [
          's1 not-positive',
          's2 not-positive',
          's3 not-positive',
          's4 not-positive',
          's5 not-positive',
          's6 not-positive',
          's7 not-positive',
        ],
        expect: ['BTC-USD: no-news, weighs 14, usable'],
      },
      {
        at: '07:00:02.000',
        quotes: ['BTC/USD: 0.01 0.01 0.01 0.01 0.01 0.01 0.01'],
        expect: ['BTC-USD: held 0.01 at 07:00:01.770 deviation, weighs 14, unusable'],
      },
      {
        at: '07:00:03.000',
        quotes: ['BTC/USD: 92280 92280 92280 92280 92280 92280 92280'],
        expect: ['BTC-USD: 92280 slow 92284 at 07:00:02.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
  {
    name: 'KiloEx 2025, with one stolen source key',
    indices: [{ index: 'ETH-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['ETH/USD: 1600 1600 1600 1600 1600 1600 1600'],
        expect: ['ETH-USD: 1600 slow 1600 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['ETH/USD: 1600 1600 1600 1600 1600 1600 100'],
        expect: ['ETH-USD: 1600 slow 1600 at 07:00:00.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:02.000',
        quotes: ['ETH/USD: 1600 1600 1600 1600 1600 1600 10000'],
        expect: ['ETH-USD: 1600 slow 1600 at 07:00:01.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
]
