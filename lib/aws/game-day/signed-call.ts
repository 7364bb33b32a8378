import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';

/** A call of a function URL, with what is asked of it. */
export interface SignedCall {
  readonly method: 'GET' | 'POST';
  /** `/view` */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What came back, whatever its status. */
export interface CallAnswer {
  readonly status: number;
  readonly text: string;
}

/** SHA-256 in the form that the signer takes it: what Node's is, with the keyed one by the same name. */
class Sha256 {
  readonly #secret: Buffer | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined ? undefined : bytesOf(secret);
    this.#hash = this.#begin();
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Buffer => {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
};

/** A function answers after half a minute at most, and a person waits. */
const answerWithinMs = 30_000;

/**
 * Calls function URLs whose authorization is IAM's: each call is signed for Lambda (Lambda developer guide, "Control access to Lambda
 * function URLs"), so that the function is told by AWS who calls. What was sent is not sent again: nobody knows whether it was done.
 */
export function createSignedCaller(options: {
  readonly url: string;
  readonly region: string;
  readonly credentials: NonNullable<STSClientConfig['credentials']>;
}): (call: SignedCall) => Promise<CallAnswer> {
  const { region, credentials } = options;
  const base = urlOf(options.url);
  const signer = new SignatureV4({ service: 'lambda', region, credentials, sha256: Sha256 });
  return async ({ method, path, query = {}, body }) => {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const signed = await signer.sign({
      method,
      protocol: base.protocol,
      hostname: base.hostname,
      path,
      query: { ...query },
      headers: {
        host: base.host,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    // fetch sets the host itself, from the URL; it is signed as the same.
    const { host: _host, ...headers } = signed.headers;
    try {
      const answer = await fetch(url, {
        method,
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(answerWithinMs),
        ...(content === undefined ? {} : { body: content }),
      });
      return { status: answer.status, text: await answer.text() };
    } catch (cause) {
      throw unreachable(base.host, method, cause);
    }
  };
}

/** Signatures go over TLS, or stay on this machine. */
function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1')) return url;
  throw new SteadfastError('invalid', `'${text}' is no address of a game day's desk`, {
    hint: 'deploy the environment again: the parameter game-days-url holds what it was deployed with',
  });
}

function unreachable(host: string, method: SignedCall['method'], cause: unknown): SteadfastError {
  const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return new SteadfastError('cannot-begin', `the desk ${host} cannot be reached: ${messageOf(why)}`, {
    hint:
      method === 'GET'
        ? 'check the network, VPN or proxy'
        : 'it is not known whether it was done: see with steadfast gameday status before you try again',
    cause,
  });
}
