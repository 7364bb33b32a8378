import type * as z from 'zod';
import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { HttpProbe } from '../experiment/probe.ts';
import { httpProbe } from '../experiment/probes/http.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { withSources } from '../probing/behind.ts';
import { createHttpProber } from '../probing/http-prober.ts';
import { secretOfVariable } from '../probing/secret-of-variable.ts';
import { systemClock } from '../probing/system-clock.ts';
import { refused } from './refused.ts';
import { type Look, problemsOf, type SamplingOptions, type TestTolerances } from './sampling.ts';
import type { TestLab } from './test-lab.ts';

/** An http probe as an experiment writes it: what it asks of a lab's service, and its tolerances. */
export type TestProbe = Omit<z.input<typeof httpProbe>, 'control'>;

type AskedLab = Pick<TestLab, 'url'>;

/** What is looked at: a function, or a lab, one of whose services a probe asks. */
export type Subject = Look | AskedLab;

interface Looking<Options> {
  readonly look: Look;
  readonly tolerances: TestTolerances;
  readonly options: Options & SamplingOptions;
}

const isLook = (subject: unknown): subject is Look => typeof subject === 'function';

const isLab = (subject: unknown): subject is AskedLab =>
  typeof subject === 'object' && subject !== null && 'url' in subject && typeof subject.url === 'function';

const isProbe = (asked: TestTolerances | TestProbe): asked is TestProbe => 'http' in asked;

/** Reads what is to be looked at, and how it is judged. @param how what was called, for errors */
export function lookingAt<Options extends SamplingOptions>(
  subject: unknown,
  asked: TestTolerances | TestProbe,
  options: Options,
  how: string,
): Looking<Options> {
  if (!isProbe(asked)) {
    if (isLook(subject)) return { look: subject, tolerances: asked, options };
    throw new TypeError(
      `${how} takes a function that is called again and again, such as () => shop.fetch('shop', '/products')`,
    );
  }
  if (!isLab(subject)) throw new TypeError(`${how} takes a lab where it is given a probe`);
  const { rate = asked.rate, timeout = asked.timeout } = options;
  const sampling = {
    ...(rate === undefined ? {} : { rate }),
    ...(timeout === undefined ? {} : { timeout }),
  };
  return {
    look: lookBy(subject, { ...asked, ...sampling }),
    tolerances: asked.tolerances,
    options: { ...options, ...sampling },
  };
}

function readProbe(written: unknown): HttpProbe {
  const read = httpProbe.safeParse(written);
  if (!read.success) throw refused('the probe cannot be used', problemsOf(read.error.issues));
  const beyond: Problem[] = [];
  if (read.data.control !== undefined)
    beyond.push({ code: 'invalid', path: ['control'], message: 'a test compares with no control' });
  const { behind } = read.data.http;
  if (behind !== undefined && 'metric' in behind.source)
    beyond.push({ code: 'invalid', path: ['http', 'behind', 'source'], message: 'a test reads no metrics' });
  if (beyond.length > 0) throw refused('the probe cannot be used', beyond);
  return read.data;
}

/** Asks as the prober of a rehearsal does, judges an answer by the same, and takes the same value from it. */
function lookBy(lab: AskedLab, written: unknown): Look {
  const definition = readProbe(written);
  const { service, behind } = definition.http;
  const source = behind?.source;
  const names = [service, ...(source !== undefined && 'service' in source ? [source.service] : [])];
  const urls = Object.fromEntries(names.map((name) => [name, lab.url(name)]));
  const clock = systemClock;
  const prober = withSources({
    prober: createHttpProber({ clock, urls, secret: secretOfVariable }),
    metrics: { read: async () => [] },
    clock,
  });
  const timeoutMs = definition.timeout?.ms ?? defaultMs(defaults.timeout);
  return async () => {
    const { error, value } = await prober.ask({ probe: 'look', definition, dueMs: clock.now(), timeoutMs });
    if (error !== undefined) throw new Error(error);
    return value;
  };
}
