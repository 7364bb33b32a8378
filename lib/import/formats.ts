import { chaosMeshFormat } from './chaos-mesh/format.ts';
import { chaosToolkitFormat } from './chaos-toolkit/format.ts';
import type { ImportFormat } from './contract.ts';
import { fisFormat } from './fis/format.ts';
import { steadfastFormat } from './steadfast/format.ts';
import { toxiproxyFormat } from './toxiproxy/format.ts';

/** The formats that can be taken in; the first that recognises a document is taken. */
export const formats: readonly ImportFormat[] = [
  steadfastFormat,
  chaosToolkitFormat,
  chaosMeshFormat,
  toxiproxyFormat,
  fisFormat,
];

export const formatIds: readonly string[] = formats.map(({ id }) => id);
