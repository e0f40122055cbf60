/** A colour as so much light of each kind, from 0 to 1: red, green, blue. */
type Light = readonly [number, number, number]
type Matrix = readonly [Light, Light, Light]

/** How somebody sees who lacks one kind of cone altogether (Machado, Oliveira and Fernandes 2009, severity 1), and who lacks none. */
export const eyes = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Readonly<Record<string, Matrix>>

const channel = (hex: string, from: number): number => {
  const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** `#14705d` as light (IEC 61966-2-1). */
const lightOf = (hex: string): Light => [channel(hex, 1), channel(hex, 3), channel(hex, 5)]

const row = (of: Light, [r, g, b]: Light): number => Math.min(1, Math.max(0, of[0] * r + of[1] * g + of[2] * b))

const seenBy = ([red, green, blue]: Matrix, light: Light): Light => [
  row(red, light),
  row(green, light),
  row(blue, light),
]

/** CIELAB of a light under D65. */
const labOf = ([r, g, b]: Light): Light => {
  const bent = (t: number): number => (t > 216 / 24_389 ? Math.cbrt(t) : ((24_389 / 27) * t + 16) / 116)
  const [x, y, z] = [
    bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047),
    bent(0.2126 * r + 0.7152 * g + 0.0722 * b),
    bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883),
  ]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** How far apart two colours are to such eyes (CIE 1976): 2 is hardly to be seen, of marks as small as a letter 10 is little. */
export const apart = (eye: keyof typeof eyes, one: string, other: string): number => {
  const [a, b] = [labOf(seenBy(eyes[eye], lightOf(one))), labOf(seenBy(eyes[eye], lightOf(other)))]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
