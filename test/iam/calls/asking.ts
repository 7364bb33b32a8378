import type * as z from 'zod';
import type { IamRequest } from '../request.ts';

/** What IAM is asked for one command: an action, on what, and what the request holds. */
export interface Ask {
  readonly action: string;
  /** The type of the resource and the names in its ARN; absent where IAM knows no resource for the action. */
  readonly on?: readonly [type: string, names: Readonly<Record<string, string>>];
  readonly context?: IamRequest['context'];
  /** Whose it is, where it is not the environment's own account; a document of Amazon's has none. */
  readonly account?: string;
}

/** Tags of what calls act on, which their inputs do not hold. */
export interface Tagged {
  readonly template: (id: string) => Readonly<Record<string, string>>;
  readonly experiment: Readonly<Record<string, string>>;
  /** The environment tag. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What IAM is asked for a command of this input. */
export type Asks = (input: Readonly<Record<string, unknown>>, tagged: Tagged) => readonly Ask[];

/** Checked as it is read: an input of another form than is told here fails. */
export const asking =
  <Schema extends z.ZodType>(
    schema: Schema,
    asks: (input: z.output<Schema>, tagged: Tagged) => readonly Ask[],
  ): Asks =>
  (input, tagged) =>
    asks(schema.parse(input), tagged);

/** The tags of a request, or of what it is about, as IAM knows them. */
export const tagContext = (
  key: 'aws:RequestTag' | 'aws:ResourceTag',
  tags: Readonly<Record<string, string>>,
) => Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${key}/${name}`, value]));
