import { alike, type Course } from './courses'

/** When there is a price at all, and when one is not believed: quorum, breaker, band, reasons, scores. */
export const breakerCourses: readonly Course[] = [
  {
    name: 'no quorum, then stale',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['BTC/USD: 20412 20412 20412 20412 20412 20412 20412'],
        expect: ['BTC-USD: 20412 slow 20412 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:31.000',
        quotes: ['BTC/USD: s1 07:00:30.900 20500, s2 07:00:30.900 20500, s3 07:00:30.900 20500'],
        expect: ['BTC-USD: silent, weighs 6, usable'],
      },
      {
        at: '07:01:01.000',
        quotes: ['BTC/USD: s1 07:01:00.900 20600, s2 07:01:00.900 20600, s3 07:01:00.900 20600'],
        expect: ['BTC-USD: silent, weighs 6, unusable'],
      },
      {
        at: '07:01:02.000',
        quotes: ['BTC/USD: s4 07:01:01.900 20600, s5 07:01:01.900 20610'],
        expect: ['BTC-USD: 20600 slow 20412 at 07:01:00.900 +-0 of s1 s2 s3 s4 s5, weighs 10, usable'],
      },
    ],
  },
  {
    name: 'a jump is held and confirmed',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['BTC/USD: 20000 20000 20000 20000 20000 20000 20000'],
        expect: ['BTC-USD: 20000 slow 20000 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['BTC/USD: 16199 16199 16199 16199 16199 16199 16199'],
        expect: ['BTC-USD: held 16199 at 07:00:00.770 deviation, weighs 14, unusable'],
      },
      {
        at: '07:00:04.000',
        quotes: ['BTC/USD: 16196 16196 16196 16196 16196 16196 16196'],
        expect: ['BTC-USD: still-held, weighs 14, unusable'],
      },
      {
        at: '07:00:08.000',
        quotes: ['BTC/USD: 16192 16192 16192 16192 16192 16192 16192'],
        expect: ['BTC-USD: still-held, weighs 14, unusable'],
      },
      {
        at: '07:00:09.000',
        quotes: ['BTC/USD: 16191 16191 16191 16191 16191 16191 16191'],
        expect: ['BTC-USD: still-held, weighs 14, unusable'],
      },
      {
        at: '07:00:10.000',
        quotes: ['BTC/USD: 16190 16190 16190 16190 16190 16190 16190'],
        expect: ['BTC-USD: 16190 slow 20000 at 07:00:09.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:11.000',
        quotes: ['BTC/USD: 16189 16189 16189 16189 16189 16189 16189'],
        expect: ['BTC-USD: 16189 slow 19761.875 at 07:00:10.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:12.000',
        quotes: ['BTC/USD: 16188 16188 16188 16188 16188 16188 16188'],
        expect: ['BTC-USD: 16188 slow 19538.5703125 at 07:00:11.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
  {
    name: 'a spike is held and dropped',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['BTC/USD: 20000 20000 20000 20000 20000 20000 20000'],
        expect: ['BTC-USD: 20000 slow 20000 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['BTC/USD: 40000 40000 40000 40000 40000 40000 40000'],
        expect: ['BTC-USD: held 40000 at 07:00:00.770 deviation, weighs 14, unusable'],
      },
      {
        at: '07:00:02.000',
        quotes: ['BTC/USD: 20010 20010 20010 20010 20010 20010 20010'],
        expect: ['BTC-USD: 20010 slow 20000 at 07:00:01.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
  {
    name: 'the reasons in order',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['BTC/USD: 20000 20000 20000 20000 20000 20000 20000'],
        expect: ['BTC-USD: 20000 slow 20000 at 06:59:59.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: [
          'BTC/USD: x9 07:00:00.900 1, s1 07:00:07.000 20001, s2 06:59:21.000 20001, s3 06:59:56.000 20001, s4 06:59:59.770 20000, s5 07:00:00.900 20001 forged, s6 07:00:00.900 0, s7 07:00:00.900 20001',
        ],
        ignored: [
          'x9 unknown-source',
          's1 future',
          's2 late',
          's3 late',
          's4 repeated',
          's5 unproven',
          's6 not-positive',
        ],
        expect: ['BTC-USD: 20000 slow 20000 at 06:59:59.780 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:02.000',
        quotes: [
          'BTC/USD: s7 07:00:00.900 20999, s7 07:00:01.950 20001, s1 07:00:01.950 20002, s2 07:00:01.950 20002, s3 07:00:01.950 20002, s4 07:00:01.950 20002',
        ],
        ignored: ['s7 suspended'],
        equivocated: ['s7'],
        expect: ['BTC-USD: 20002 slow 20000 at 07:00:01.950 +-0 of s1 s2 s3 s4 s5 s6, weighs 12, usable'],
      },
    ],
  },
  {
    name: 'off sources are halved for an epoch',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7), epoch_ms: 3000 }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: ['BTC/USD: 20000 20001 20002 20003 20004 20005 20500'],
        expect: ['BTC-USD: 20003 slow 20003 at 06:59:59.770 +-2 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:01.000',
        quotes: ['BTC/USD: 20000 20001 20002 20003 20004 20005 20500'],
        expect: ['BTC-USD: 20003 slow 20003 at 07:00:00.770 +-2 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:02.000',
        quotes: ['BTC/USD: 20000 20001 20002 20003 20004 20005 20500'],
        expect: ['BTC-USD: 20003 slow 20003 at 07:00:01.770 +-2 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
      {
        at: '07:00:03.000',
        quotes: ['BTC/USD: 20000 20001 20002 20003 20004 20005 20500'],
        expect: [
          'BTC-USD: off s1 0/3 s2 0/3 s3 0/3 s4 0/3 s5 0/3 s6 0/3 s7 3/3, halved s7, 20003 slow 20003 at 07:00:02.770 +-2 of s1 s2 s3 s4 s5 s6 s7, weighs 13, usable',
        ],
      },
      {
        at: '07:00:04.000',
        quotes: ['BTC/USD: 20000 20001 20002 20003 20004 20005 20500'],
        expect: ['BTC-USD: 20003 slow 20003 at 07:00:03.770 +-2 of s1 s2 s3 s4 s5 s6 s7, weighs 13, usable'],
      },
    ],
  },
  {
    name: 'stated confidence',
    indices: [{ index: 'BTC-USD', quorum: 5, sources: alike(7) }],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: [
          'BTC/USD: s1 06:59:59.900 20000 +-5, s2 06:59:59.900 20000 +-6, s3 06:59:59.900 20000 +-7, s4 06:59:59.900 20000 +-8, s5 06:59:59.900 20000 +-9, s6 06:59:59.900 20000 +-10, s7 06:59:59.900 20000 +-1000000',
        ],
        expect: ['BTC-USD: 20000 slow 20000 at 06:59:59.900 +-8 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
  {
    name: 'a band holds, it does not clamp',
    indices: [
      { index: 'ETH-USD', quorum: 3, sources: alike(5) },
      {
        index: 'WSTETH-USD',
        quorum: 5,
        sources: alike(7),
        places: 4,
        band: { index: 'ETH-USD', low: '0.97', high: '1.195' },
      },
    ],
    rounds: [
      {
        at: '07:00:00.000',
        quotes: [
          'ETH/USD: s1 06:59:59.850 2000, s2 06:59:59.850 2000, s3 06:59:59.850 2000, s4 06:59:59.850 2000, s5 06:59:59.850 2000',
          'WSTETH/USD: 2460 2460 2460 2460 2460 2460 2460',
        ],
        expect: [
          'ETH-USD: 2000 slow 2000 at 06:59:59.850 +-0 of s1 s2 s3 s4 s5, weighs 10, usable',
          'WSTETH-USD: held 2460 at 06:59:59.770 band, weighs 14, unusable',
        ],
      },
      {
        at: '07:00:01.000',
        quotes: ['WSTETH/USD: 2380 2380 2380 2380 2380 2380 2380'],
        expect: ['WSTETH-USD: 2380 slow 2380 at 07:00:00.770 +-0 of s1 s2 s3 s4 s5 s6 s7, weighs 14, usable'],
      },
    ],
  },
]
