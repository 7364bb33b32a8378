import { messageOf } from '../experiment/steadfast-error.ts';

/** What fetch hides in the cause of its `fetch failed`. */
const causeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;

/** Fetch hides the reason (ECONNREFUSED and the like) in the cause. */
export const reasonOf = (thrown: unknown): string => messageOf(causeOf(thrown)) || messageOf(thrown);

const codeOf = (thrown: unknown): string | undefined => {
  const cause = causeOf(thrown);
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
};

/** Words for what has poor ones of its own. */
const words: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its TLS certificate has expired',
  CERT_NOT_YET_VALID: 'its TLS certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its TLS certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its TLS certificate leads to a self-signed one that nobody here trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its TLS certificate is signed by somebody whom nobody here trusts',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another host',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed too soon',
  UND_ERR_SOCKET: 'the connection was closed too soon',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of its answer are larger than is read',
};

/** Why no answer came, for people, with the system's own code. */
export function failureOf(thrown: unknown): string {
  const code = codeOf(thrown);
  if (code === undefined) return reasonOf(thrown);
  const told = words[code];
  return told === undefined ? reasonOf(thrown) : `${told} (${code})`;
}

/** What this process or machine lacks: no service can be blamed for it (errno(3)). */
const own = new Set(['EADDRNOTAVAIL', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EACCES', 'EPERM']);

export const isOwn = (thrown: unknown): boolean => own.has(codeOf(thrown) ?? '');

export const isTimeout = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === 'TimeoutError';
