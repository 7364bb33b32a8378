import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { healthCheckOfDynamo } from '../../plan/aws-names.ts';

/** Asks a URL; a test's server or answer stands in for AWS. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly signal: AbortSignal },
) => Promise<Response>;

/**
 * The time of day in a Region as AWS tells whoever asks, without credentials: to a second.
 *
 * @throws SteadfastError `cannot-begin` where nothing answers with a date
 */
export async function timeOfAws(region: string, signal: AbortSignal, ask: Fetch = fetch): Promise<number> {
  const url = healthCheckOfDynamo(region);
  const answer = await ask(url, { method: 'HEAD', signal }).catch((cause: unknown) => {
    throw new SteadfastError('cannot-begin', `${new URL(url).host} cannot be reached`, {
      hint: 'check the network, VPN or proxy, and whether the Region is right',
      cause,
    });
  });
  const date = Date.parse(answer.headers.get('date') ?? '');
  if (!Number.isNaN(date)) return date;
  throw new SteadfastError('cannot-begin', `${new URL(url).host} did not say what time it is`, {
    hint: 'a proxy may have answered in its place',
  });
}
