import { parameterOf, parametersUnder } from '../../../aws/command/parameter.ts';
import type { LoadedEnvironment, LoadedExperiment } from '../../../definitions/load-definition.ts';
import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import { plannedIn } from '../../plan/subject.ts';
import { counted, fine, type Look, namesOf, type Seen, skipped, unfit } from '../look.ts';
import type { EnvironmentSight, Listed } from './sight.ts';

const deployAll = (id: string) => `deploy the environment: npx cdk deploy --all -c env=${id}`;

/** Whether what is deployed is of the version that the command is. */
export const versionsLook = ({ opened, version }: EnvironmentSight): Look => ({
  name: 'versions',
  docs: 'how-to/deploy.md',
  look: async () => {
    const { id, names, connection } = opened;
    const { ssm } = connection.clients;
    const deployed = await parametersUnder(ssm, names.parameter('versions'));
    if (deployed.size === 0) {
      return (await parameterOf(ssm, names.parameter('table'))) === undefined
        ? unfit('fail', `${id} is not deployed in ${opened.account} ${opened.region}`, deployAll(id))
        : unfit('warn', `${id} was deployed by a version that did not say which it is`, deployAll(id));
    }
    const parts = [...deployed].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const others = parts.filter(([, one]) => one !== version);
    return others.length === 0
      ? fine(
          `${namesOf(parts.map(([part]) => part))} of ${id} were deployed by ${version}, as this command is`,
        )
      : unfit(
          'warn',
          `this command is ${version}, and ${namesOf(others.map(([part, one]) => `${part} was deployed by ${one}`))}`,
          `${deployAll(id)}, or use the version that it was deployed by`,
        );
  },
});

/** Whether the project's experiments are deployed as they are written. */
export const experimentsLook = (sight: EnvironmentSight): Look => ({
  name: 'experiments',
  docs: 'how-to/deploy.md',
  look: async () => {
    const { opened, project, listed, launchers } = sight;
    const environment = opened.definition;
    if (environment === undefined) return skipped(`the project does not declare ${opened.id}`);
    const [{ experiments }, all, startable] = await Promise.all([project(), listed(), launchers()]);
    const here = experiments.filter(({ parsed }) => Object.hasOwn(parsed.environments ?? {}, opened.id));
    const states = here.map((one) => ({ id: one.id, state: stateOf(one, environment, all.get(one.id)) }));
    const withState = (wanted: string) => states.flatMap(({ id, state }) => (state === wanted ? [id] : []));
    const gone = [...all].flatMap(([id, { stack }]) =>
      stack === opened.names.stack('core') && here.every((one) => one.id !== id) ? [id] : [],
    );
    const halves = [...all.keys()].filter((id) => startable.every(({ experiment }) => experiment !== id));
    return told(opened.id, here.length, [
      ['fail', 'listed without a launcher', halves],
      ['warn', 'not deployed', withState('absent')],
      ['warn', 'changed since it was deployed', withState('changed')],
      ['warn', 'not to be planned here (steadfast check tells why)', withState('unfit')],
      ['warn', 'deployed, and no longer in the project', gone],
    ]);
  },
});

function stateOf(
  experiment: LoadedExperiment,
  environment: LoadedEnvironment,
  listed: Listed | undefined,
): 'same' | 'absent' | 'changed' | 'unfit' {
  if (listed === undefined) return 'absent';
  try {
    const { plan } = plannedIn(environment, experiment).input;
    return listed.plan === undefined || listed.plan === plan ? 'same' : 'changed';
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError) || thrown.code !== 'invalid') throw thrown;
    return 'unfit';
  }
}

function told(
  environment: string,
  count: number,
  found: readonly (readonly ['fail' | 'warn', string, readonly string[]])[],
): Seen {
  const wrong = found.filter(([, , ids]) => ids.length > 0);
  if (wrong.length === 0)
    return fine(
      `${counted(count, 'experiment')} of the project, deployed as ${count === 1 ? 'it is' : 'they are'} written`,
    );
  return unfit(
    wrong.some(([status]) => status === 'fail') ? 'fail' : 'warn',
    wrong.map(([, what, ids]) => `${what}: ${namesOf(ids)}`).join('; '),
    deployAll(environment),
  );
}
