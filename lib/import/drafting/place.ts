import type { PlanService } from '../../plan/plan-target.ts';
import { servicesOf } from './ground.ts';
import { isName, nameLike } from './names.ts';
import { ownOf } from './node.ts';
import type { Work } from './work.ts';

/** The service that a host or a target of the source is here, and how that is known. */
export interface Found {
  readonly service: string;
  /** `guessed`: nothing speaks for it, so a person has to decide. */
  readonly by: 'map' | 'name' | 'path' | 'kind' | 'guessed';
}

/** The service that answers where the source asks a host, at a path without its query. */
export function serviceOfHost(work: Work, host: string, path: string): Found {
  const hostname = host.replace(/:\d+$/, '').toLowerCase();
  const mapped = mappedName(work, [host, hostname]);
  if (mapped !== undefined) return { service: mapped, by: 'map' };
  const all = [...servicesOf(work.ground)];
  const answering = all.filter(([, known]) => known.some((one) => one.answersHttp));
  const words = wordsOf(hostname);
  // A service of that name is meant even where nobody has said yet that it answers HTTP.
  const named = [answering, all].flatMap((services) => [
    ...services.filter(([, known]) => known.some((one) => hasHost(one, hostname))),
    ...services.filter(([name]) => words.includes(name.toLowerCase())),
  ])[0];
  if (named !== undefined) return { service: named[0], by: 'name' };
  const names = answering.map(([name]) => name);
  const byPath = names.find((name) => isAskedAt(work, name, path));
  if (byPath !== undefined) return { service: byPath, by: 'path' };
  return { service: names[0] ?? nameLike(words[0] ?? '', 'service', []), by: 'guessed' };
}

/** Whether experiments or labs ask a service at a path. */
function isAskedAt({ context }: Work, service: string, path: string): boolean {
  const { paths, experiments } = context.project;
  const asked = experiments.flatMap(({ steadyState }) =>
    Object.values(steadyState).flatMap((probe) =>
      'http' in probe && probe.http.service === service ? [probe.http.path] : [],
    ),
  );
  return [ownOf(paths, service), ...asked].some((known) => known?.split('?')[0] === path);
}

function hasHost({ host, url }: PlanService, hostname: string): boolean {
  const ofUrl = url === undefined ? undefined : /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1];
  return [host, ofUrl].some((one) => one?.toLowerCase() === hostname);
}

/** The words of a host or a name: `shop-api.example.com` has shop-api, shop, api, example and com. */
const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[.\s/:]+/)
    .flatMap((label) => [label, ...label.split(/[-_]+/)])
    .filter((word) => word !== '');

/** What is known by these words is of this type of resources, in environments and in labs. */
const kinds: readonly (readonly [words: readonly string[], types: RegExp])[] = [
  [
    ['postgres', 'postgresql', 'pg', 'mysql', 'mariadb', 'aurora', 'rds', 'sql', 'database', 'db'],
    /^aws:rds:/,
  ],
  [['redis', 'valkey', 'memcached', 'elasticache', 'cache'], /^aws:(elasticache|memorydb):/],
  [['dynamodb', 'dynamo', 'table'], /^aws:dynamodb:/],
  [['lambda', 'function'], /^aws:lambda:/],
  [['kinesis', 'stream'], /^aws:kinesis:/],
  [['s3', 'bucket'], /^aws:s3:/],
];

/** The service that a target is, such as `postgres`, `redis_proxy` or the name of an ECS service; undefined where nothing speaks for one. */
export function serviceOfTarget(work: Work, target: string): Found | undefined {
  const mapped = mappedName(work, [target]);
  if (mapped !== undefined) return { service: mapped, by: 'map' };
  const services = [...servicesOf(work.ground)];
  const words = [target.toLowerCase(), ...wordsOf(target)];
  const byName =
    services.find(([name]) => name.toLowerCase() === words[0]) ??
    services.find(([, known]) =>
      known.some((one) => hasHost(one, target.toLowerCase()) || one.ecs?.service === target),
    ) ??
    services.find(([name]) => words.includes(name.toLowerCase()));
  if (byName !== undefined) return { service: byName[0], by: 'name' };
  for (const [names, types] of kinds) {
    if (!names.some((name) => words.includes(name))) continue;
    const byKind = services.find(([, known]) =>
      known.some(({ declaredTypes }) => declaredTypes.some((type) => types.test(type))),
    );
    if (byKind !== undefined) return { service: byKind[0], by: 'kind' };
  }
  return undefined;
}

/** What `--map` calls the first of several names that it knows, where that can be a name here. */
function mappedName({ context }: Work, names: readonly string[]): string | undefined {
  const found = names.flatMap((name) => ownOf(context.map, name) ?? [])[0];
  return found !== undefined && isName(found) ? found : undefined;
}

/** The services that have links to a service, in the order in which the targets name them. */
export const usersOf = (work: Work, service: string): string[] =>
  [...servicesOf(work.ground)].flatMap(([name, known]) =>
    known.some(({ uses = [] }) => uses.includes(service)) ? [name] : [],
  );
