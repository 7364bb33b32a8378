import * as z from 'zod';
import { toxicTypes } from '../toxic-types.ts';
import type { ControlledToxic } from './controlled-toxic.ts';

/** A toxic as a client sends it; what it leaves out has Toxiproxy's defaults. */
const sentSchema = z.object({
  name: z.string().default(''),
  type: z.string().default(''),
  stream: z.string().default('downstream'),
  toxicity: z.number().default(1),
  attributes: z.record(z.string(), z.unknown()).default({}),
});

const streams: readonly string[] = ['upstream', 'downstream'];

const badBody = (why: string) => ({ refused: `bad request body: ${why}` });

const inWords = (error: z.ZodError) =>
  error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');

/** Reads what a client sends to add a toxic; or the words in which it is refused, with status 400. */
export function readToxic(body: string): { readonly toxic: ControlledToxic } | { readonly refused: string } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return badBody('it is no JSON');
  }
  const sent = sentSchema.safeParse(json);
  if (!sent.success) return badBody(inWords(sent.error));
  const { type, stream, toxicity } = sent.data;
  if (!streams.includes(stream.toLowerCase()))
    return { refused: 'stream was invalid, can be either upstream or downstream' };
  const attributes = toxicTypes.get(type)?.attributes.safeParse(sent.data.attributes);
  if (attributes === undefined) return { refused: 'invalid toxic type' };
  if (!attributes.success) return badBody(inWords(attributes.error));
  const name = sent.data.name === '' ? `${type}_${stream}` : sent.data.name;
  return { toxic: { attributes: attributes.data, name, type, stream, toxicity } };
}
