import type { Lab } from '../experiment/lab.ts';
import type { LabService } from '../experiment/lab-service.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import { isLoopback } from './loopback.ts';

const usesOf = (service: LabService | undefined): readonly string[] =>
  service !== undefined && 'command' in service ? (service.uses ?? []) : [];

/** The services on a way from `name` back to itself, if there is one. */
function cycleFrom(lab: Lab, name: string, way: readonly string[] = []): readonly string[] | undefined {
  if (way.includes(name)) return way[0] === name ? [...way, name] : undefined;
  for (const used of usesOf(lab.services[name])) {
    const cycle = cycleFrom(lab, used, [...way, name]);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function* serviceProblems(lab: Lab): Generator<Problem> {
  const inCircles = new Set<string>();
  for (const [name, service] of Object.entries(lab.services)) {
    const path = ['services', name];
    if ('url' in service && !isLoopback(service.url)) {
      yield {
        code: 'leaves-loopback',
        path: [...path, 'url'],
        message: `service '${name}' is at ${service.url}, and a rehearsal never leaves this machine`,
        hint: 'give it a command, or a URL on 127.0.0.1, ::1 or localhost',
      };
    }
    if ('url' in service && service.apis !== undefined && !service.url.startsWith('http:')) {
      yield {
        code: 'no-plain-http',
        path: [...path, 'apis'],
        message: `calls of '${name}' cannot be looked at, since they are encrypted: ${service.url}`,
        hint: 'give it a URL that begins with http://',
      };
    }
    for (const used of usesOf(service)) {
      const to = lab.services[used];
      if (to !== undefined && 'network' in to) {
        yield {
          code: 'no-listener',
          path: [...path, 'uses'],
          message: `service '${name}' uses '${used}', which is the network of the lab: nothing listens there`,
          hint: 'remove it: faults on the network act on the links between services',
        };
      }
      if (to !== undefined && 'notRehearsable' in to) {
        yield {
          code: 'not-rehearsable',
          path: [...path, 'uses'],
          message: `service '${name}' uses '${used}', which the lab cannot play: ${to.notRehearsable}`,
        };
      }
    }
    const cycle = cycleFrom(lab, name);
    // Each of its services leads around the same circle: it is told once.
    if (cycle !== undefined && !cycle.some((one) => inCircles.has(one))) {
      for (const one of cycle) inCircles.add(one);
      yield {
        code: 'cycle',
        path: [...path, 'uses'],
        message: `services use each other in a circle, so none can be started first: ${cycle.join(' uses ')}`,
        hint: `take '${cycle[0]}' out of the uses of '${cycle.at(-2)}', or the other way round`,
      };
    }
  }
}

const answersSql = (service: LabService | undefined): boolean =>
  service !== undefined &&
  ('postgres' in service || ('command' in service && /^postgres(?:ql)?:/.test(service.clientUrl ?? '')));

function* metricProblems(lab: Lab): Generator<Problem> {
  for (const [name, metric] of Object.entries(lab.metrics ?? {})) {
    if ('sql' in metric && !answersSql(lab.services[metric.service])) {
      yield {
        code: 'no-database',
        path: ['metrics', name, 'service'],
        message: `metric '${name}' asks '${metric.service}' in SQL, which is no PostgreSQL`,
        hint: 'ask a postgres service, or one whose clientUrl begins with postgresql://',
      };
    }
    if ('link' in metric && !usesOf(lab.services[metric.link.service]).includes(metric.link.to)) {
      yield {
        code: 'no-link',
        path: ['metrics', name, 'link'],
        message: `metric '${name}' counts a link that is not there: '${metric.link.service}' does not use '${metric.link.to}'`,
        hint: `add '${metric.link.to}' to the uses of '${metric.link.service}'`,
      };
    }
  }
}

/**
 * Looks for what the schema of a lab cannot see and would keep it from running.
 *
 * @throws SteadfastError `invalid` with all problems
 */
export function checkLab(lab: Lab): void {
  const problems = [...serviceProblems(lab), ...metricProblems(lab)];
  const [first] = problems;
  if (first === undefined) return;
  throw new SteadfastError(
    'invalid',
    `the lab '${lab.id}' cannot run: ${problems.map(({ message }) => message).join('; ')}`,
    {
      ...(first.hint === undefined ? {} : { hint: first.hint }),
      problems,
    },
  );
}
