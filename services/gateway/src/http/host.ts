const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/**
 * Whether a request names this machine as its host. A page of another site that has its own name lead here (DNS rebinding)
 * asks under that name.
 */
export const isOwnHost = (host: string | undefined): boolean => host !== undefined && loopback.test(host)
