import { probeSchema } from '../../experiment/probe.ts';
import { nameLike } from '../drafting/names.ts';
import { entriesOf, itemsOf, type Node, textOf, under } from '../drafting/node.ts';
import { approximated, decide, mapped, note, refuseAll, refused } from '../drafting/work.ts';
import { type Activity, activitiesOf, sayActivity, sayControls, sayPauses, workOn } from './activity.ts';
import type { Expected } from './expected.ts';
import { pythonProbe } from './python-probe.ts';
import { requestOf } from './request.ts';
import { durationText, msOfSeconds } from './seconds.ts';
import { substitute } from './substitute.ts';
import { httpTolerance } from './tolerance.ts';
import type { ToolkitWork } from './toolkit-work.ts';

type Probes = Record<string, unknown>;

/** What is read of the steady-state hypothesis. */
export interface Hypothesis {
  readonly title?: string;
  readonly probes: Probes;
}

/** The probes of the hypothesis, by name, and its title. */
export function hypothesisOf(work: ToolkitWork, root: Node): Hypothesis {
  const node = under(root, 'steady-state-hypothesis');
  const title = under(node, 'title');
  const said = textOf(title);
  if (said === undefined) refused(work, title, 'it is no text: write `hypothesis`');
  else mapped(work, title, 'hypothesis');
  sayControls(work, under(node, 'controls'));
  if (entriesOf(node).length === 0)
    refused(work, node, 'it is no map with a title and probes: write `steadyState`');
  const list = under(node, 'probes');
  const probes: Probes = {};
  for (const activity of activitiesOf(work, list)) {
    const name = nameLike(activity.name, 'probe', Object.keys(probes));
    const probe = probeOf(workOn(work, activity), activity, name);
    if (probe !== undefined) probes[name] = probe;
  }
  if (itemsOf(list).length === 0) refused(work, list, 'there is no probe in it: write `steadyState`');
  return { ...(said === undefined ? {} : { title: said }), probes };
}

/** A probe, if the language accepts what comes of it. */
function probeOf(work: ToolkitWork, activity: Activity, name: string): unknown {
  const { node, providerType } = activity;
  const made =
    providerType === 'http'
      ? httpProbe(work, activity, name)
      : providerType === 'python'
        ? pythonProbe(work, activity, name)
        : notTakenOver(work, activity);
  if (made === undefined) return undefined;
  if (!probeSchema.safeParse(made).success) {
    refuseAll(work, node, 'what would come of it is no valid probe: write it by hand under `steadyState`');
    return undefined;
  }
  sayActivity(work, activity, `steadyState.${name}`);
  sayPauses(
    work,
    activity,
    'a probe looks all the time, so nothing pauses before or after it: `baseline` and `stages` say how long',
  );
  return made;
}

function notTakenOver(work: ToolkitWork, { node, providerType }: Activity): undefined {
  refused(
    work,
    node,
    providerType === 'process'
      ? 'programs of the source are never run: write a `lambda` probe, whose function does the same (a lab plays it by a command), or a metric of the environment'
      : 'it has no provider that Chaos Toolkit knows: http, process or python',
  );
  return undefined;
}

/** The share of requests that may fail where the source allows none: with thousands of them, one lost is no outage. */
const failing = { errorRate: { below: '1%' } };

function httpProbe(work: ToolkitWork, activity: Activity, name: string): unknown {
  const { node, provider } = activity;
  if (provider === undefined) return undefined;
  const at = ['steadyState', name, 'http'];
  const request = requestOf(work, provider, at);
  if (request === undefined) {
    refused(work, node, 'what it asks cannot be asked here: write the probe by hand under `steadyState`');
    return undefined;
  }
  const expected = expectedOf(work, activity, name);
  const bound = boundOf(work, under(provider, 'timeout'), name);
  note(
    work,
    'Chaos Toolkit asks each probe once before and once after the method; here it is asked many times a second through baseline, fault and recovery, and rates and percentiles are judged',
  );
  return {
    http: {
      ...request,
      ...(expected.expect === undefined ? {} : { expect: expected.expect }),
      ...expected.extract,
    },
    ...(bound === undefined ? {} : { timeout: bound.timeout }),
    tolerances: {
      ...(bound === undefined ? {} : { p95: { below: bound.below } }),
      ...failing,
      ...expected.tolerances,
    },
  };
}

/** What its tolerance says; without one, what a status that is expected says. */
function expectedOf(work: ToolkitWork, { node, provider }: Activity, name: string): Expected {
  const tolerance = under(node, 'tolerance');
  const status = under(provider, 'expected_status');
  if (tolerance !== undefined && tolerance.value !== null) {
    refused(work, status, 'Chaos Toolkit does not look at it: the tolerance beside it counts');
    const expected = httpTolerance(work, tolerance, name);
    if (Object.keys(expected).length === 0)
      decide(
        work,
        ['steadyState', name, 'http'],
        'what a good answer is, beyond its status: the tolerance of the source could not be taken over',
      );
    return expected;
  }
  refused(work, tolerance, 'there is nothing in it');
  if (status === undefined) {
    decide(
      work,
      ['steadyState', name, 'http'],
      'what a good answer is: the source has no tolerance, so any status from 200 to 399 is one',
    );
    return {};
  }
  const { value } = substitute(work, status.value);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 100 || value > 599) {
    refused(work, status, 'it is no status of HTTP: write `http.expect.status`');
    return {};
  }
  approximated(
    work,
    status,
    `steadyState.${name}.http.expect.status`,
    'Chaos Toolkit does not look at it and takes a probe without a tolerance for invalid; it is read as the status that is wanted',
  );
  return { expect: { status: value } };
}

/** How many times as long as it may take an answer is waited for: what comes late is then seen to be late, and not lost. */
const patience = 2;

/** A time-out as what it was meant for: the longest that an answer may take. */
function boundOf(
  work: ToolkitWork,
  node: Node | undefined,
  name: string,
): { readonly below: string; readonly timeout: string } | undefined {
  if (node === undefined) return undefined;
  const { value } = substitute(work, node.value);
  // Two numbers are the time-outs of connecting and of reading.
  const parts = [value].flat().map(msOfSeconds);
  const isBoth = Array.isArray(value) && value.length === 2;
  const ms = parts.every((part) => part !== undefined)
    ? parts.reduce((sum, part) => sum + part, 0)
    : undefined;
  const isOne = ms !== undefined && parts.length > 0 && parts.length <= 2;
  const text = isOne ? durationText(ms) : undefined;
  const timeout = isOne ? durationText(patience * ms) : undefined;
  if (text === undefined || timeout === undefined) {
    refused(work, node, 'it is no time-out in seconds: write tolerances: { p95: { below } }');
    return undefined;
  }
  approximated(
    work,
    node,
    `steadyState.${name}.tolerances.p95.below and timeout`,
    `${isBoth ? 'connecting and reading together may take so long; ' : ''}a time-out bounds one answer, and starts anew with every piece that arrives; here 95 of 100 answers must be faster, and one that is not there after twice as long is an error`,
  );
  note(
    work,
    `steadyState.${name}: a time-out of ${text} says nothing of answers just below it; if they are usually far faster, lower tolerances.p95.below to what users should have`,
  );
  return { below: text, timeout };
}
