import * as z from 'zod';
import type { FisAction, FisParameter } from '../../fis/action.ts';
import { selectorSchema } from '../../fis/selector.ts';

/** A fault that a lab alone can put in: told by the same facts as an action of FIS, so that a plan treats both alike. */
export interface LabFault extends FisAction {
  /** What the lab must have for it. */
  readonly needs?: 'proxyControl';
}

interface Written<Id extends `lab:${string}`, Parameters extends z.ZodType>
  extends Pick<
    LabFault,
    'title' | 'durationParameter' | 'requires' | 'limits' | 'leavesBehind' | 'evidence' | 'needs'
  > {
  readonly id: Id;
  readonly parameters: Parameters;
  /** How they are handed to the lab, where every value is a string. */
  readonly fisParameters: Readonly<Record<keyof NonNullable<z.input<Parameters>>, FisParameter>>;
  readonly example: z.input<Parameters>;
  /** Why a lab cannot put it in after all; absent where it can. */
  readonly notRehearsable?: string;
}

/** A lab's fault that hits replicas. Keeps the literal id and the type of its parameters, and makes the schema of its fault. */
export const labFault = <const Id extends `lab:${string}`, Parameters extends z.ZodType>({
  notRehearsable,
  ...fault
}: Written<Id, Parameters>) => ({
  ...fault,
  service: 'lab',
  target: { key: 'Replicas', resourceType: 'aws:ecs:task' } as const,
  // FIS has no part in it: it needs no permission and costs nothing.
  permissions: [],
  price: 'nothing' as const,
  rehearsal:
    notRehearsable === undefined
      ? ({ fidelity: 'same' } as const)
      : ({ fidelity: 'not rehearsable', why: notRehearsable } as const),
  source: 'a fault of the lab itself',
  fault: z.strictObject({
    action: z
      .literal(fault.id)
      .describe("The lab's id of the fault; it makes the experiment rehearsal-only."),
    selector: selectorSchema.describe('The replicas it may hit.'),
    parameters: fault.parameters.describe('How it is carried out.'),
  }),
});
