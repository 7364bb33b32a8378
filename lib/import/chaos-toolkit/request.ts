import { entriesOf, isData, type Node, textOf, under } from '../drafting/node.ts';
import { serviceOfHost } from '../drafting/place.ts';
import { approximated, decide, keepOut, mapped, note, refused } from '../drafting/work.ts';
import { secretsIn } from '../secret-values.ts';
import { isSecretSegment, looksSecret } from './looks-secret.ts';
import { plainText } from './plain-text.ts';
import { headersOf } from './request-headers.ts';
import { substitute } from './substitute.ts';
import type { ToolkitWork } from './toolkit-work.ts';

/** A request as a definition writes it. */
export type Request = Record<string, unknown>;

const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const withoutBody: readonly string[] = ['GET', 'HEAD'];

/** The parts of a URL; undefined where it is none of HTTP. */
function partsOf(
  url: string,
): { host: string; user: string | undefined; path: string; query: string } | undefined {
  const [, authority, path = '', query = ''] =
    /^(?:https?:\/\/([^/?#]*)|(?=\/|\$\{))([^?#]*)(?:\?([^#]*))?/i.exec(url.trim()) ?? [];
  if (authority === undefined && path === '') return undefined;
  // A URL whose host is put in where it runs begins with the placeholder.
  const [, placeholder = '', rest = path] =
    authority === undefined ? (/^(\$\{[^}]*\})(.*)$/.exec(path) ?? []) : [];
  const [host = '', user] = (authority ?? placeholder).split('@').toReversed();
  return { host, user, path: (authority === undefined ? rest : path) || '/', query };
}

/**
 * The request of a provider of HTTP, asked of the service that the host is here; the host itself is never taken over.
 *
 * @param at where the request stands in the definition, such as `steadyState.home.http`
 * @returns undefined where nothing can be asked, which the fields then say
 */
export function requestOf(work: ToolkitWork, provider: Node, at: readonly string[]): Request | undefined {
  const url = under(provider, 'url');
  const text = textOf(url);
  const put = substitute(work, text ?? '');
  const parts = typeof put.value === 'string' ? partsOf(put.value) : undefined;
  if (url === undefined || text === undefined || parts === undefined) {
    refused(work, url ?? provider, 'it is no URL of HTTP: write `http.service` and `http.path`');
    return undefined;
  }
  const method = methodOf(work, under(provider, 'method'), at);
  if (method === undefined) return undefined;
  const query = cleanQuery(work, parts.query);
  const place = cleanPath(work, parts.path);
  const extra = argumentsOf(work, under(provider, 'arguments'), method, isJson(work, provider), at);
  const path = pathOf(place.kept, [...query.kept, ...extra.query]);
  const removed = query.removed + place.removed + put.secrets.length;
  const { service } = placed(work, url, parts, path, at, removed > 0 || parts.user !== undefined);
  if (put.unknown.length > 0)
    decide(work, [...at, 'path'], `what \${${put.unknown.join('}, ${')}} of the URL stands for here`);
  if (removed > 0)
    decide(
      work,
      [...at, 'headers'],
      'the URL held a secret, which no path may: send it as a header, { secret: name }',
    );
  const headers = headersOf(work, under(provider, 'headers'), service, parts.user, at);
  sayRest(work, provider, at);
  return {
    service,
    path: withoutNames(path, put.secrets),
    ...(method === 'GET' ? {} : { method }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(extra.body === undefined ? {} : { body: extra.body }),
  };
}

/** A placeholder of a secret leaves the place empty. */
const withoutNames = (path: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, name) => rest.replaceAll(`\${${name}}`, ''), path);

/** A path as the language has it: it begins with a slash and holds no white space. */
function pathOf(path: string, query: readonly string[]): string {
  const whole = `${path.startsWith('/') ? path : `/${path}`}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  return whole.replaceAll(/\s/gu, (space) => encodeURIComponent(space));
}

/** The parameters of a query without those that look like secrets. */
function cleanQuery(work: ToolkitWork, query: string): { kept: string[]; removed: number } {
  const all = query.split('&').filter((one) => one !== '');
  const kept = all.filter((one) => {
    if (!isSecretParameter(one)) return true;
    const [, value] = splitOnce(one, '=');
    keepOut(work, value);
    keepOut(work, decoded(value));
    return false;
  });
  return { kept, removed: all.length - kept.length };
}

/** Whether a parameter such as `token=abc` looks secret, as it stands or decoded. */
function isSecretParameter(parameter: string): boolean {
  const [name, value] = splitOnce(parameter, '=');
  return looksSecret(name, value) || looksSecret(decoded(name), decoded(value));
}

/** A path without the parts that look like secrets, as those of webhooks. */
function cleanPath(work: ToolkitWork, path: string): { kept: string; removed: number } {
  const all = path.split('/');
  const kept = all.filter((segment) => {
    if (!isSecretSegment(segment)) return true;
    keepOut(work, segment);
    return false;
  });
  return { kept: kept.join('/') || '/', removed: all.length - kept.length };
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function placed(
  work: ToolkitWork,
  url: Node,
  { host }: { readonly host: string },
  path: string,
  at: readonly string[],
  hadSecret: boolean,
): { service: string } {
  const found = serviceOfHost(work, host, path.split('?')[0] ?? '/');
  const to = `${at.join('.')}.service and path`;
  const shown = host === '' ? 'the URL' : host;
  note(
    work,
    `${shown} is the service '${found.service}' here${reasons[found.by]}; the host itself is never asked`,
  );
  if (found.by === 'guessed') {
    decide(
      work,
      [...at, 'service'],
      `which service ${shown} is here: --map ${host === '' ? 'HOST' : host}=SERVICE says so`,
      host,
    );
  }
  if (hadSecret) approximated(work, url, to, 'it held a secret, which is left out: no path may hold one');
  else if (found.by === 'map' || found.by === 'name') mapped(work, url, to);
  else
    approximated(work, url, to, `the host is taken for the service '${found.service}'${reasons[found.by]}`);
  return { service: found.service };
}

const reasons: Readonly<Record<ReturnType<typeof serviceOfHost>['by'], string>> = {
  map: ', as --map says',
  name: ', by its name',
  path: ', which is known to answer at that path',
  kind: ', by its kind',
  guessed: ', for want of anything better',
};

function methodOf(work: ToolkitWork, node: Node | undefined, at: readonly string[]): string | undefined {
  if (node === undefined) return 'GET';
  const method = typeof node.value === 'string' ? node.value.toUpperCase() : '';
  if (!methods.includes(method)) {
    refused(work, node, `no request is sent with it: it is none of ${methods.join(', ')}`);
    return undefined;
  }
  mapped(work, node, `${at.join('.')}.method`);
  return method;
}

/** Whether a body is sent as JSON: Chaos Toolkit does so for exactly this type. */
const isJson = (work: ToolkitWork, provider: Node): boolean =>
  entriesOf(under(provider, 'headers')).some(
    ([name, { value }]) =>
      name.toLowerCase() === 'content-type' && substitute(work, value).value === 'application/json',
  );

/** Arguments: the query of what has no body, else the body. */
function argumentsOf(
  work: ToolkitWork,
  node: Node | undefined,
  method: string,
  asJson: boolean,
  at: readonly string[],
): { query: string[]; body?: string } {
  if (node === undefined) return { query: [] };
  const put = substitute(work, node.value);
  const query = queryOf(put.value);
  const isHidden = put.secrets.length > 0 || secretsIn(put.value).length > 0 || query.some(isSecretParameter);
  if (isHidden) {
    refused(
      work,
      node,
      'it holds a secret, which no query and no body may: send it as a header, { secret: name }',
    );
    return { query: [] };
  }
  if (put.unknown.length > 0)
    decide(work, [...at], `what \${${put.unknown.join('}, ${')}} of its arguments stands for here`);
  if (withoutBody.includes(method)) {
    mapped(work, node, `${at.join('.')}.path, as its query`);
    return { query };
  }
  if (asJson || typeof put.value === 'string') {
    mapped(work, node, `${at.join('.')}.body`);
    return {
      query: [],
      body: typeof put.value === 'string' && !asJson ? put.value : JSON.stringify(put.value),
    };
  }
  mapped(work, node, `${at.join('.')}.body, as a form`);
  return { query: [], body: query.join('&') };
}

const queryOf = (value: unknown): string[] =>
  isData(value)
    ? Object.entries(value).flatMap(([key, item]) =>
        [item].flat().map((one: unknown) => `${encoded(key)}=${encoded(plainText(one))}`),
      )
    : [encoded(plainText(value))];

/** A lone half of a letter beyond 16 bits cannot be encoded. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** The other fields of a provider of HTTP. */
function sayRest(work: ToolkitWork, provider: Node, at: readonly string[]): void {
  const verify = under(provider, 'verify_tls');
  if (verify?.value === false)
    refused(
      work,
      verify,
      'a certificate that nobody vouches for is never taken: name its issuer as `http.tls.ca`',
    );
  else mapped(work, verify, `${at.join('.')}.tls: certificates are always looked at`);
  refused(
    work,
    under(provider, 'max_retries'),
    'a request that is sent again would hide the error that the first one had',
  );
  mapped(work, under(provider, 'secrets'), `${at.join('.')}.headers: secrets are named where they are used`);
}
