import { kernelDigest } from '../digest'

/** Prints the digest of the engine it runs on, under whatever flags node was given. */
process.stdout.write(kernelDigest())
