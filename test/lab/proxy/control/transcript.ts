import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';

/** A request that was put to a real Toxiproxy 2.12, and what it answered. */
export interface Exchange {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly answer: ReplyText;
}

/** `200 json {"name":...}`: the status, the type of content in short, and the body with its line ends as `⏎`. */
type ReplyText = string;

const types: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/json;charset=utf-8': 'version',
  'text/plain; charset=utf-8': 'text',
};

const between = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';

/** Reads the transcript: `#` says what, `~` is a header, `>` the request, `<` the answer. `{p3}` stands for what an answer tells first. */
export function readTranscript(): readonly Exchange[] {
  const file = fileURLToPath(new URL('toxiproxy-transcript.txt', import.meta.url));
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n\n')
    .map((block) => {
      const [, method = '', path = '', body] = /^> (\S+) (\S+)(?: (.*))?$/m.exec(block) ?? [];
      const [, name, value] = /^~ (\S+): (.*)$/m.exec(block) ?? [];
      return {
        what: between(block, /^# (.*)$/m),
        method,
        path,
        headers: name === undefined || value === undefined ? {} : { [name]: value },
        ...(body === undefined ? {} : { body }),
        answer: between(block, /^< (.*)$/m),
      };
    });
}

/** Asks, without a header that the transcript does not have, and gives the answer in the form of the transcript. */
export const replyTo = (origin: string, { method, path, headers, body }: Omit<Exchange, 'what' | 'answer'>) =>
  new Promise<ReplyText>((resolve, reject) => {
    const asked = request(new URL(path, origin), { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const type = response.headers['content-type'];
        const shown = type === undefined ? 'none' : (types[type] ?? type);
        const text = Buffer.concat(parts).toString('utf8').replaceAll('\n', '⏎');
        resolve(`${response.statusCode} ${shown} ${text}`.trimEnd());
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });

/** What stands for names in braces, some known from the start, some told by answers. */
export function namesOf(known: Readonly<Record<string, string>>) {
  const values = new Map(Object.entries(known));
  const filled = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name) => values.get(name) ?? whole);
  return {
    filled,
    /** Learns from an answer what it tells first. */
    learn: (expected: string, got: string): void => {
      const names = [...filled(expected).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      if (names.length === 0) return;
      const pattern = filled(expected)
        .split(/\{\w+\}/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('(\\[::\\]|[\\d.]+)');
      const found = new RegExp(`^${pattern}$`).exec(got);
      for (const [index, name] of names.entries()) {
        const value = found?.[index + 1];
        if (value !== undefined) values.set(name, value);
      }
    },
  };
}
