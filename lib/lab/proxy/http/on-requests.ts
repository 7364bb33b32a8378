import type { Effect, HeldPiece, Toxic, Victim } from '../toxic.ts';
import type { Where } from '../toxic-type.ts';
import type { RequestHead } from './request-head.ts';
import { type RequestPart, requestStream } from './request-stream.ts';
import { type Route, routeMatcher } from './route.ts';

/** What becomes of a request that a toxic acts on: its head is held, or all of it is swallowed, and something done at its end. */
export type OnRequest =
  | { readonly holdMs: number }
  | { readonly swallow: (victim: Victim) => void; readonly when: 'at once' | 'at its end' };

/** Whether what goes on is what came, all of it and at once. */
function isUntouched(passed: readonly HeldPiece[], came: Buffer): boolean {
  const parts = passed.flatMap(({ piece, holdMs }) =>
    piece.kind === 'bytes' && holdMs === 0 ? [piece.bytes] : [],
  );
  const [first] = parts;
  return (
    parts.length === passed.length &&
    // Parts of what came are views of it; with bytes kept from before they are views of a copy.
    first?.buffer === came.buffer &&
    first.byteOffset === came.byteOffset &&
    parts.reduce((sum, { length }) => sum + length, 0) === came.length
  );
}

const bytesOf = (bytes: Buffer): HeldPiece[] =>
  bytes.length === 0 ? [] : [{ piece: { kind: 'bytes', bytes }, holdMs: 0 }];

function effectOn(
  victim: Victim,
  route: Route,
  act: (head: RequestHead, victim: Victim) => OnRequest,
): Effect {
  const matches = routeMatcher(route);
  const requests = requestStream();
  let swallowing: Extract<OnRequest, { swallow: unknown }> | undefined;

  const end = (part: RequestPart): void => {
    if (swallowing === undefined || part.kind === 'other' || !part.last) return;
    if (swallowing.when === 'at its end') swallowing.swallow(victim);
    swallowing = undefined;
  };

  const handle = (part: RequestPart): readonly HeldPiece[] => {
    let holdMs = 0;
    if (part.kind === 'head' && matches(part.head) && victim.random.next() < route.share) {
      const action = act(part.head, victim);
      if ('holdMs' in action) holdMs = action.holdMs;
      else {
        swallowing = action;
        if (action.when === 'at once') action.swallow(victim);
      }
    }
    const passed: readonly HeldPiece[] =
      swallowing === undefined ? [{ piece: { kind: 'bytes', bytes: part.bytes }, holdMs }] : [];
    end(part);
    return passed;
  };

  return {
    pass: (piece) => {
      if (piece.kind !== 'bytes') return [...bytesOf(requests.rest()), { piece, holdMs: 0 }];
      const passed = requests.take(piece.bytes).flatMap(handle);
      // The same piece again: what goes by untouched is not told as touched.
      return isUntouched(passed, piece.bytes) ? [{ piece, holdMs: 0 }] : passed;
    },
    rest: () => {
      if (swallowing?.when !== 'at its end') return bytesOf(requests.rest()).map(({ piece }) => piece);
      // The service cannot make anything of the end of a body whose beginning it never got.
      swallowing.swallow(victim);
      return [{ kind: 'close' }];
    },
  };
}

/** A toxic on the requests of a route: they go upstream, whatever its own stream says. */
export const onRequests = (
  { toxicity }: Where,
  route: Route,
  act: (head: RequestHead, victim: Victim) => OnRequest,
): Toxic => ({
  direction: 'upstream',
  toxicity,
  affect: (victim) => effectOn(victim, route, act),
});
