import { longestId } from '../experiment/names.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { planExperiment } from '../plan/plan-experiment.ts';
import { variantsOf } from '../plan/variants.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import type { DeployableExperiment } from './deployed-experiment.ts';
import { launcherDefinition } from './launcher-definition.ts';

/** What CloudFormation takes in one stack (user guide, "Quotas"; of the template's megabyte CDK's own reading, the smaller). */
export const stackLimits = { resources: 500, bytes: 1_000_000 } as const;

/**
 * What stands around the plan's own parts in a template, in bytes: measured, with room for longer names of Regions and
 * partitions. Ids stand in each resource about four times.
 */
const frameBytes = {
  stack: 1_200,
  launcher: 800,
  role: 640,
  template: 600,
  schedule: 880,
  guard: 130,
} as const;
const timesAnId = 4;

/** A stage's id is a reference to its template, within the launcher's text; this long at most. */
const reference = 'x'.repeat(80);

interface Size {
  readonly resources: number;
  /** At least as many as in the template; some more where names are short. */
  readonly bytes: number;
}

/** What an experiment takes of its stack. */
export function sizeOf(experiment: DeployableExperiment, environment: DeployedEnvironment): Size {
  const { definition, parsed } = experiment;
  const { target, names, place } = environment;
  const stack = names.stack(`experiments-${parsed.owner}`);
  const plans = variantsOf(parsed).map(({ experiment: variant, set }) =>
    planExperiment({
      definition,
      experiment: variant,
      ...(set === undefined ? {} : { set }),
      target,
      seed: 1,
      stack,
      templateId: () => reference,
    }),
  );
  const [plan, ...others] = plans;
  if (plan === undefined) return { resources: 0, bytes: 0 };
  const { input, role, schedule } = plan;
  const { runnerArn, bucket } = names;
  const launcher = launcherDefinition({
    title: parsed.title,
    input,
    opens: parsed.opens,
    others: others.map((other) => other.input),
    runnerArn,
    bucket,
    region: place.region,
  });
  const guards = Object.values(target.guards).map(({ alarm }) => frameBytes.guard + alarm.length);
  const parts = [
    // A text within the template: its quotation marks are written as two characters.
    frameBytes.launcher + bytesOf(JSON.stringify(launcher)),
    frameBytes.role + bytesOf(role?.statements),
    ...plans
      .flatMap(({ templates }) => templates)
      .map((template) => frameBytes.template + bytesOf(template) + sum(guards)),
    ...(schedule === undefined ? [] : [frameBytes.schedule + bytesOf(parsed.title)]),
  ];
  const ids = timesAnId * (target.id.length + parsed.id.length + parsed.owner.length);
  return { resources: parts.length, bytes: sum(parts) + parts.length * ids };
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value ?? null));

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** The owners whose experiments are more than one stack takes, each with a way to split them. */
export function fullStackProblems(
  experiments: readonly DeployableExperiment[],
  environment: DeployedEnvironment,
): Problem[] {
  const byOwner = Object.groupBy(experiments, ({ parsed }) => parsed.owner);
  return Object.entries(byOwner).flatMap(([owner, own = []]) => {
    const sized = own.map((one) => ({ id: one.parsed.id, ...sizeOf(one, environment) }));
    const total = {
      // What ends runs first is one for all of them.
      resources: 1 + sum(sized.map(({ resources }) => resources)),
      bytes: frameBytes.stack + sum(sized.map(({ bytes }) => bytes)),
    };
    const times = timesTheLimit(total);
    if (times <= 1) return [];
    const [largest] = sized.toSorted((a, b) => timesTheLimit(b) - timesTheLimit(a));
    return {
      code: 'full-stack',
      path: [],
      message: `the ${sized.length} experiments of ${owner} come to ${words(total)}, and CloudFormation takes ${words(stackLimits)} in one stack`,
      hint:
        largest !== undefined && timesTheLimit(largest) > 1
          ? `split the experiment '${largest.id}': it alone comes to ${words(largest)}`
          : `give some of them another owner, such as ${freeOwner(owner, Object.keys(byOwner))}: it takes ${Math.ceil(times)} owners to hold them all`,
    };
  });
}

const timesTheLimit = ({ resources, bytes }: Size) =>
  Math.max(resources / stackLimits.resources, bytes / stackLimits.bytes);

const words = ({ resources, bytes }: Size) => `${resources} resources and ${Math.ceil(bytes / 1_000)} kB`;

/** The owner's name with the first number that nobody has. */
function freeOwner(owner: string, taken: readonly string[]): string {
  const name = owner.replace(/-\d+$/, '').slice(0, longestId - '-999'.length);
  let number = 2;
  while (taken.includes(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}
