import { targetName } from '../../plan/plan-target.ts';
import type { Path } from '../field.ts';
import { freeName, nameFrom, quoted } from './names.ts';
import type { Work } from './work.ts';

/** What FIS takes for hosts and is none. */
const services: ReadonlyMap<string, string> = new Map([
  ['S3', 's3'],
  ['DYNAMODB', 'dynamodb'],
]);

/**
 * The service whose host a network action names: the one that has it, or that it is mapped to; else a new one, which has to be declared
 * first.
 *
 * @param path where the definition uses it
 */
export function serviceOfHost(
  host: string,
  path: Path,
  work: Work,
): { readonly name: string; readonly isDeclared: boolean } {
  const { place, context } = work;
  const mapped = Object.hasOwn(context.map, host) ? context.map[host] : undefined;
  const known = Object.entries(place?.services ?? {}).find(([, service]) => service.host === host)?.[0];
  if (mapped !== undefined) work.note(`${host} is the service '${mapped}', as --map says`);
  if (mapped !== undefined || known !== undefined) return { name: mapped ?? known ?? host, isDeclared: true };
  const taken = new Set(Object.keys(place?.services ?? {}));
  const isAddress = /^[\d./:]+$/.test(host);
  const wanted = services.get(host) ?? (isAddress ? undefined : nameFrom(host.split('.')[0] ?? ''));
  const name = freeName(wanted ?? 'host', taken);
  const where = place === undefined ? 'the environment' : targetName(place);
  work.decide(
    path,
    `no service of ${where} has the host ${host}: add services: { ${name}: { host: ${quoted(host)} } } there, or say which it is: --map ${host}=SERVICE`,
  );
  return { name, isDeclared: false };
}
