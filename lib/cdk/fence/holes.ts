import { basename } from 'node:path';
import type { WrittenTemplate } from './written-template.ts';

/** Stands around what is known only once it is deployed. Nothing that anybody writes holds it. */
const edge = '\uFFFD';

/** Stands for what could be anything. */
export const hole = `${edge}?${edge}`;

/** Stands for one attribute of one resource, whose value CloudFormation makes up. */
export const attributeHole = (id: string, attribute: string, { path }: WrittenTemplate) =>
  `${edge}${basename(path)}/${id}.${attribute}${edge}`;

/** Whether all of a text could be read. */
export const isReadable = (text: string): boolean => !text.includes(edge);

/** Whether two values that give this text are the same, though it may not be known what. */
export const isDefinite = (text: string): boolean => !text.includes(hole);

/** A text for people, with what could not be read as an ellipsis. */
export const shown = (text: string): string =>
  text.replaceAll(new RegExp(`${edge}[^${edge}]*${edge}`, 'g'), '…');
