import * as z from 'zod';
import { openLink } from '../../lib/lab/proxy/link.ts';
import { latency } from '../../lib/lab/proxy/toxics/latency.ts';
import { seededRandom } from '../../lib/run/seeded-random.ts';
import { answerUsage } from './answer-usage.ts';

/** The links that are measured, in a process of their own. */
const { source, echo, deaf, delayMs } = z
  .object({ source: z.int(), echo: z.int(), deaf: z.int(), delayMs: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const linkTo = (port: number) => openLink({ upstream: { host: '127.0.0.1', port }, random: seededRandom(1) });

const slow = await linkTo(echo);
slow.addToxic(latency({ direction: 'downstream', delayMs }));
// A service that reads nothing, behind a delay that holds all that it may.
const clogged = await linkTo(deaf);
clogged.addToxic(latency({ direction: 'upstream', delayMs: 3_600_000 }));

answerUsage({
  source: (await linkTo(source)).port,
  echo: (await linkTo(echo)).port,
  slow: slow.port,
  clogged: clogged.port,
});
