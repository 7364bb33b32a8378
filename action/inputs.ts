const commands = ['check', 'rehearse', 'run', 'gate'] as const;

export interface Inputs {
  readonly command: (typeof commands)[number];
  /** Ids or files. */
  readonly experiments: readonly string[];
  readonly environment: string;
  readonly service: string;
  readonly maxAge: string;
  /** `name=value`. */
  readonly set: readonly string[];
  readonly failOn: string;
  readonly workingDirectory: string;
  readonly version: string;
  readonly region: string;
  readonly artifactName: string;
}

/** Wrong inputs, told as a person would want to be told. */
export class InputError extends Error {}

/** An exact version or a range of npm's, and no other kind of package: neither an address nor a folder. */
const versionPattern = /^[\w.^~<>=|* -]+$/;

/**
 * Reads the inputs of the action.
 *
 * @throws {InputError}
 */
export function readInputs(env: Readonly<Record<string, string | undefined>>): Inputs {
  const input = (name: string) => (env[`STEADFAST_INPUT_${name}`] ?? '').trim();
  const asked = input('COMMAND') || 'rehearse';
  const command = commands.find((one) => one === asked);
  if (command === undefined)
    throw new InputError(`command is '${asked}', and must be one of ${commands.join(', ')}`);
  const inputs: Inputs = {
    command,
    experiments: input('EXPERIMENTS')
      .split(/[\s,]+/)
      .filter(Boolean),
    environment: input('ENVIRONMENT'),
    service: input('SERVICE'),
    maxAge: input('MAX_AGE') || '30d',
    set: input('SET')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    failOn: input('FAIL_ON'),
    workingDirectory: input('WORKING_DIRECTORY') || '.',
    version: input('VERSION'),
    region: input('REGION'),
    artifactName: input('ARTIFACT_NAME'),
  };
  const problem = problemOf(inputs);
  if (problem !== undefined) throw new InputError(problem);
  return inputs;
}

/** The first thing that is wrong. */
function problemOf(inputs: Inputs): string | undefined {
  const { command, experiments, environment, service, maxAge, set, failOn, version, region } = inputs;
  // What begins with a dash would be taken for an option.
  const dashed = [...experiments, environment, service, maxAge, failOn, region].find((one) =>
    one.startsWith('-'),
  );
  if (dashed !== undefined) return `'${dashed}' begins with a dash, which no name does`;
  if (set.some((one) => !/^[^-=][^=]*=/.test(one)))
    return 'set must be name=value, each on a line of its own';
  if (set.length > 0 && experiments.length !== 1) return 'set is for one experiment: name just one';
  if (command === 'run' && experiments.length === 0) return 'run needs experiments: name at least one';
  if (command === 'run' && environment === '') return 'run needs an environment';
  if (command === 'gate' && service === '') return 'gate needs a service';
  if (version !== '' && !versionPattern.test(version))
    return `version is '${version}', which is none of npm's`;
  return undefined;
}
