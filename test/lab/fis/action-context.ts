import type { ActionContext } from '../../../lib/lab/fis/action-handler.ts';
import type { LabResource } from '../../../lib/lab/fis/lab-resources.ts';
import { sequence } from '../support/sequence.ts';
import type { fakeLab } from './fake-lab.ts';

/** One resource that a service plays as a whole. */
export function resource(
  service: string,
  { lab }: Pick<ReturnType<typeof fakeLab>, 'lab'>,
  zone?: string,
): LabResource {
  const replicas = lab.replicas.filter(
    (one) => one.service === service && (zone === undefined || one.zone === zone),
  );
  return {
    id: zone === undefined ? service : `${service}-${zone}`,
    service,
    tags: {},
    alive: true,
    replicas,
    ...(zone === undefined ? {} : { zone }),
  };
}

/** What an action is carried out with; `meanwhile` runs while it lasts. */
export function actionContext(
  fake: Pick<ReturnType<typeof fakeLab>, 'lab'>,
  of: {
    readonly parameters?: Readonly<Record<string, string>>;
    readonly resources?: readonly LabResource[];
    readonly draws?: readonly number[];
    readonly guards?: NonNullable<ActionContext['guards']>;
    readonly meanwhile?: (ms: number) => void;
  },
): ActionContext & { readonly slept: readonly number[] } {
  const slept: number[] = [];
  const { parameters = {}, resources = [], draws = [0], guards = [], meanwhile } = of;
  return {
    lab: fake.lab,
    parameters,
    resources,
    targets: resources.flatMap(({ replicas }) => replicas),
    signal: new AbortController().signal,
    clock: {
      now: () => 0,
      sleep: async (ms) => {
        slept.push(ms);
        meanwhile?.(ms);
      },
    },
    random: sequence(...draws),
    guards,
    slept,
  };
}
