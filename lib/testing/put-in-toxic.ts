import type { Problem } from '../experiment/steadfast-error.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import { parseDuration } from '../fis/quantity.ts';
import { faultOnLinks } from '../lab/fis/fault-on-links.ts';
import type { FaultyWay } from '../lab/fis/why-unheld.ts';
import type { Toxic } from '../lab/proxy/toxic.ts';
import { toxicTypes } from '../lab/proxy/toxic-types.ts';
import { refused } from './refused.ts';
import type { Started, Surroundings } from './started.ts';
import type { ToxicFault } from './test-fault.ts';

const wrong = (path: string, message: string, candidates: readonly string[] = []): Problem => ({
  code: 'invalid',
  path: [path],
  message,
  ...(candidates.length === 0 ? {} : { hint: `one of ${candidates.join(', ')}` }),
});

function toxicOf({ toxic, attributes = {}, stream = 'downstream', toxicity = 1 }: ToxicFault): Toxic {
  const type = toxicTypes.get(toxic);
  if (type === undefined)
    throw refused('the toxic cannot be used', [
      wrong('toxic', `there is no toxic '${toxic}'`, [...toxicTypes.keys()]),
    ]);
  if (!(toxicity >= 0 && toxicity <= 1))
    throw refused('the toxic cannot be used', [wrong('toxicity', `${toxicity} is no share from 0 to 1`)]);
  const read = type.attributes.safeParse(attributes);
  if (read.success) return type.make({ direction: stream, toxicity }, attributes);
  const problems = read.error.issues.map(({ path, message }) =>
    wrong(['attributes', ...path].join('.'), message),
  );
  throw refused(`the toxic '${toxic}' cannot be used`, problems);
}

function waysOf({ from, to }: ToxicFault, { running, found }: Surroundings): FaultyWay[] {
  const replicas = running.replicas.filter(({ service }) => service === from);
  const ways = replicas.flatMap((replica) => {
    const link = running.link(replica.id, to);
    return link === undefined ? [] : [{ replica, to, link }];
  });
  if (ways.length > 0) return ways;
  const links = running.replicas.flatMap(({ id, service }) =>
    [...running.links(id).keys()].map((end) => `${service} to ${end}`),
  );
  throw refused(`the lab '${found.parsed.id}' cannot carry out the fault`, [
    wrong('to', `there is no link from '${from}' to '${to}'`, [...new Set(links)]),
  ]);
}

/** Puts a bare toxic on all links from one service to another. */
export function putInToxic(
  surroundings: Surroundings,
  fault: ToxicFault,
  { atMost, share }: { readonly atMost: string; readonly share: string | undefined },
): Started {
  if (share !== undefined)
    throw refused('the toxic cannot be used', [
      {
        ...wrong('share', 'a toxic is on the links of all replicas'),
        hint: "leave it out; 'toxicity' is the share of connections, and a fault of an experiment takes a share of replicas",
      },
    ]);
  const durationMs = parseDuration(atMost)?.ms;
  if (durationMs === undefined)
    throw refused('the fault cannot be used', [wrong('atMost', `'${atMost}' is no duration, such as '30s'`)]);
  const { running, clock, random } = surroundings;
  const toxic = toxicOf(fault);
  const ways = waysOf(fault, surroundings);
  const ending = new AbortController();
  const targets = ways.map(({ replica }) => replica);
  const ended = faultOnLinks(
    { lab: running, parameters: {}, resources: [], targets, signal: ending.signal, clock, random },
    {
      ways,
      toxic,
      durationMs,
      done: `held back by '${fault.toxic}'`,
      did: ({ chunks, bytes, connections }) =>
        `'${fault.toxic}' acted on ${chunks} chunks (${bytes} bytes) of ${connections} connections`,
    },
  ).then(
    (bite) =>
      ending.signal.aborted
        ? ({ how: 'ended', reason: 'the test asked for its end', bite } as const)
        : ({ how: 'over', reason: `its ${atMost} were over`, bite } as const),
    (thrown: unknown) =>
      ({
        how: 'failed',
        reason: messageOf(thrown),
        bite: { bit: undefined, evidence: messageOf(thrown) },
      }) as const,
  );
  return { ended, end: () => ending.abort() };
}
