import { functionSteps } from '../../../lambdas/function-steps.ts';
import type { Mentions } from './mentions.ts';
import { sourceFile, type Value } from './source-file.ts';

/** What some code can come to: names of packages (`@aws-sdk/client-fis StopExperimentCommand`), and methods of ports. */
interface Reach {
  readonly packages: Set<string>;
  readonly ports: Set<string>;
}

const wiring = 'lambdas/wiring.ts';
const clientsFile = 'lib/aws/clients.ts';
const stepsFile = 'lib/run/run-step.ts';
const commonFile = 'lib/run/carry-out.ts';
/** Hand all ports on without asking any of them. */
const handsOn = [commonFile, 'lib/run/with-store.ts'];
/** Hands the store on within one that tries again: what steps ask of that, they ask as `ports.store`. */
const handsStoreOn = 'lib/run/insistent.ts';

/**
 * The commands of AWS's SDK that a function's code can send: from its steps, by name from function to function, through the
 * ports that they ask, to the adapters behind those ports. Rather too many than too few: whether a branch is ever taken is not asked.
 */
export function commandsReachedBy(name: keyof typeof functionSteps): ReadonlySet<string> {
  const steps = reachOfSteps(name);
  const adapters: Reach = { packages: steps.packages, ports: new Set() };
  for (const port of steps.ports) walkPort(walker(adapters), name, port);
  return new Set([...adapters.packages].flatMap(commandOf));
}

/**
 * The methods of ports that a function's steps ask and that the function does not have: each is a step that would fail in AWS.
 */
export function portsMissedBy(name: keyof typeof functionSteps): string[] {
  const { file, maker } = makerOf(name);
  const given = sourceFile(file).gives.get(maker) ?? new Map<string, Value>();
  return [...reachOfSteps(name).ports].filter((asked) => {
    const [port = '', method = '*'] = asked.split('.');
    const made = given.get(port);
    if (made === undefined) return true;
    // What is composed in the file itself out of parts has those methods that it names; an adapter has them all.
    const parts = sourceFile(file).gives.get(made.madeBy ?? '');
    return parts !== undefined && !parts.has(method);
  });
}

function reachOfSteps(name: keyof typeof functionSteps): Reach {
  const steps: Reach = { packages: new Set(), ports: new Set() };
  const walk = walker(steps);
  for (const step of functionSteps[name]) walk.name(stepsFile, step);
  // What every step goes through; the steps themselves are handed to it.
  walk.mentions(commonFile, sourceFile(commonFile).values.get('carryOut')?.mentions);
  walk.member(wiring, 'createWiring', 'loadInput');
  return steps;
}

/** What makes a function's ports: `createFaultPorts` of `lib/aws/ports/fault-ports.ts`. */
const makerOf = (name: string) => ({
  file: `lib/aws/ports/${name}-ports.ts`,
  maker: `create${name.charAt(0).toUpperCase()}${name.slice(1)}Ports`,
});

/** `paginateListExperiments` sends a ListExperimentsCommand. */
function commandOf(mention: string): string[] {
  const [from = '', name = ''] = mention.split(' ');
  if (!from.startsWith('@aws-sdk/')) return [];
  if (name.endsWith('Command')) return [name];
  return name.startsWith('paginate') ? [`${name.slice('paginate'.length)}Command`] : [];
}

/** From a port's method to the adapter that the function puts behind it; what it is handed itself is made by the wiring. */
function walkPort(walk: Walker, name: string, portMethod: string): void {
  const { file, maker } = makerOf(name);
  const [port = '', method = '*'] = portMethod.split('.');
  const adapter = sourceFile(file).gives.get(maker)?.get(port);
  if (adapter === undefined) throw new Error(`${file} makes no port ${port}`);
  if (adapter.madeBy !== undefined) {
    walk.made(file, adapter, method);
    // A client may do more than carry calls: one that takes on a role asks for it first.
    const handed = [
      ...adapter.mentions.names,
      ...[...adapter.mentions.members].map((one) => one.split('.')[1] ?? ''),
    ];
    const clients = sourceFile(clientsFile).gives.get('createAwsClients') ?? new Map<string, Value>();
    for (const client of handed.filter((name) => clients.has(name)))
      walk.member(clientsFile, 'createAwsClients', client);
    return;
  }
  const local = sourceFile(file).values.get(port);
  if (local?.madeBy !== undefined) {
    walk.made(file, local, method);
    return;
  }
  const handed = valueIn(wiring, port);
  if (handed === undefined) throw new Error(`${wiring} makes no ${port}`);
  walk.made(wiring, handed, method);
}

/** Only the wiring hands on what it makes inside a member. */
const valueIn = (path: string, name: string): Value | undefined =>
  sourceFile(path).values.get(name) ?? (path === wiring ? sourceFile(path).inside.get(name) : undefined);

type Walker = ReturnType<typeof walker>;

function walker(into: Reach) {
  const seen = new Set<string>();

  const name = (path: string, wanted: string): void => {
    if (seen.has(`${path} ${wanted}`)) return;
    seen.add(`${path} ${wanted}`);
    const imported = sourceFile(path).imports.get(wanted);
    if (imported === undefined) mentions(path, valueIn(path, wanted)?.mentions);
    else if (imported.from.endsWith('.ts')) name(imported.from, imported.name);
    else into.packages.add(`${imported.from} ${imported.name}`);
  };

  const mentions = (path: string, of: Mentions | undefined, but: readonly string[] = []): void => {
    for (const mentioned of of?.names ?? []) if (!but.includes(mentioned)) name(path, mentioned);
    for (const mentioned of of?.members ?? []) {
      const [object = '', member = ''] = mentioned.split('.');
      const value = valueIn(path, object);
      if (value?.madeBy === undefined) name(path, object);
      else made(path, value, member);
    }
    for (const port of of?.ports ?? []) {
      if (port === 'store.*' && path === handsStoreOn) continue;
      if (!port.startsWith('*')) into.ports.add(port);
      else if (!handsOn.includes(path))
        throw new Error(`${path} hands all ports on, so nobody can tell which it asks`);
    }
  };

  /** A member of what a call gives back; what the call is handed may be called by any member. */
  const made = (path: string, value: Value, method: string): void => {
    const maker = value.madeBy ?? '';
    mentions(path, value.mentions, [maker]);
    const imported = sourceFile(path).imports.get(maker);
    if (imported === undefined) member(path, maker, method);
    else if (imported.from.endsWith('.ts')) member(imported.from, imported.name, method);
    else into.packages.add(`${imported.from} ${imported.name}`);
  };

  const member = (path: string, maker: string, method: string): void => {
    const given = sourceFile(path).gives.get(maker)?.get(method);
    if (given === undefined) name(path, maker);
    else mentions(path, given.mentions);
  };

  return { name, mentions, made, member };
}
