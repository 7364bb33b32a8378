import { isData, type Node, textOf, under } from '../../drafting/node.ts';
import { approximated, mapped, refused } from '../../drafting/work.ts';
import type { Activity } from '../activity.ts';
import type { Call } from '../call.ts';
import { substitute } from '../substitute.ts';
import type { ToolkitWork } from '../toolkit-work.ts';
import type { Made } from './driver.ts';
import { made } from './drivers.ts';

/** What a path of Toxiproxy's API names: a proxy, and perhaps one of its toxics. */
const path = /\/proxies\/([^/?#]+)(\/toxics(?:\/([^/?#]+))?)?\/?$/;

/**
 * What a request to Toxiproxy's own API becomes, as scripts send it without a driver; undefined where it is none. The request itself
 * is never sent.
 */
export function toxiproxyRequest(work: ToolkitWork, activity: Activity, name: string): Made | undefined {
  const { provider } = activity;
  const url = substitute(work, textOf(under(provider, 'url'))).value;
  const [, proxy, ofToxics, toxic] = (typeof url === 'string' ? path.exec(url) : null) ?? [];
  if (provider === undefined || proxy === undefined) return undefined;
  const method = (textOf(under(provider, 'method')) ?? 'GET').toUpperCase();
  const given = under(provider, 'arguments');
  const said = isData(given?.value) ? given.value : {};
  const asked = askedFor(method, ofToxics !== undefined, said);
  if (asked === undefined) return undefined;
  const [module, func] = asked;
  const result = made({
    work,
    activity,
    name,
    module,
    func,
    arguments: argumentsLike(given ?? provider, proxy, toxic),
  });
  if (result.kind === 'fault' || result.kind === 'undo') sayRequest(work, provider, given, result.kind, name);
  return result;
}

const toxics = 'chaostoxi.toxic.actions';
const proxies = 'chaostoxi.proxy.actions';

/** The function of the driver that does the same. */
function askedFor(
  method: string,
  isOfToxics: boolean,
  said: Readonly<Record<string, unknown>>,
): readonly [module: string, func: string] | undefined {
  if (isOfToxics && method === 'POST') return [toxics, 'create_toxic'];
  if (isOfToxics && method === 'DELETE') return [toxics, 'delete_toxic'];
  if (method !== 'POST' && method !== 'PATCH') return undefined;
  if (said['enabled'] === false) return [proxies, 'disable_proxy'];
  return said['enabled'] === true ? [proxies, 'enable_proxy'] : undefined;
}

/** The body of the request by the names that the driver's function has for it. */
function argumentsLike(given: Node, proxy: string, toxic: string | undefined): Call['arguments'] {
  const said = isData(given.value) ? given.value : {};
  return {
    path: given.path,
    value: {
      ...said,
      for_proxy: proxy,
      proxy_name: proxy,
      toxic_name: toxic ?? said['name'],
      toxic_type: said['type'],
    },
  };
}

function sayRequest(
  work: ToolkitWork,
  provider: Node,
  given: Node | undefined,
  kind: 'fault' | 'undo',
  name: string,
): void {
  const to = kind === 'fault' ? `faults.${name}` : 'the end of each stage, when the fault is taken away';
  const why = 'the request is not sent: what it makes of the proxy is written as a fault of the link';
  approximated(work, under(provider, 'url'), to, why);
  mapped(work, under(provider, 'method'), to);
  refused(work, given, 'nothing takes its place');
  for (const key of ['type', 'enabled']) mapped(work, under(given, key), to);
  approximated(work, under(given, 'name'), to, 'the activity names the fault, which ends by itself');
  for (const key of ['headers', 'timeout', 'verify_tls', 'max_retries', 'expected_status', 'secrets'])
    refused(work, under(provider, key), 'the request is not sent');
}
