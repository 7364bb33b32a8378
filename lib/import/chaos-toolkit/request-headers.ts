import { nameLike } from '../drafting/names.ts';
import { entriesOf, type Node } from '../drafting/node.ts';
import { approximated, decide, keepOut, mapped, refused } from '../drafting/work.ts';
import { secretsIn } from '../secret-values.ts';
import { isSecretHeader } from './looks-secret.ts';
import { plainText } from './plain-text.ts';
import { substitute } from './substitute.ts';
import type { ToolkitWork } from './toolkit-work.ts';

/** Servers take no more of them. */
const mostHeaders = 100;

/** Headers; what is or looks secret becomes the name of a secret. */
export function headersOf(
  work: ToolkitWork,
  node: Node | undefined,
  service: string,
  user: string | undefined,
  at: readonly string[],
): Record<string, unknown> {
  const headers: Record<string, unknown> = {};
  if (user !== undefined) {
    work.context.secret(user);
    headers['Authorization'] = secretHeader(work, `${service}-authorization`, 'Authorization', at);
  }
  if (node !== undefined && entriesOf(node).length === 0) mapped(work, node, `${at.join('.')}.headers: none`);
  const all = entriesOf(node);
  for (const [, header] of all.slice(mostHeaders))
    refused(work, header, `no request has more than ${mostHeaders} headers`);
  for (const [name, header] of all.slice(0, mostHeaders)) {
    const value = headerOf(work, name, header, service, at);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;

function headerOf(
  work: ToolkitWork,
  name: string,
  node: Node,
  service: string,
  at: readonly string[],
): unknown {
  const to = `${at.join('.')}.headers.${name}`;
  if (!headerName.test(name) || name === '__proto__') return refused(work, node, 'it is no name of a header');
  if (name.toLowerCase() === 'host')
    return refused(work, node, 'it names a host of elsewhere: the service that is asked here has its own');
  const put = substitute(work, node.value);
  const text = plainText(put.value);
  if (put.secrets.length > 0 || isSecretHeader(name, text)) {
    keepOut(work, text);
    for (const secret of secretsIn(put.value, name)) work.context.secret(secret);
    const secret = put.secrets[0] ?? `${service}-${name.toLowerCase()}`;
    approximated(work, node, to, 'its value is a secret of the environment, by name, and is not taken over');
    return secretHeader(work, secret, name, at);
  }
  if (!headerText.test(text))
    return refused(work, node, 'HTTP carries no line breaks and no letters beyond Latin-1 in a header');
  if (put.unknown.length > 0)
    decide(work, [...at, 'headers', name], `what \${${put.unknown.join('}, ${')}} stands for here`);
  mapped(work, node, to);
  return text;
}

function secretHeader(
  work: ToolkitWork,
  wanted: string,
  header: string,
  at: readonly string[],
): { secret: string } {
  const secret = nameLike(wanted, 'secret', []);
  decide(
    work,
    [...at, 'headers', header],
    `where the secret '${secret}' is: an environment declares it under secrets, a lab reads it from an environment variable; its value is all that the header says`,
  );
  return { secret };
}
