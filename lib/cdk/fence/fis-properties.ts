import * as z from 'zod';
import { isIntrinsic } from './intrinsics.ts';

/** A part of a template that stands there as it is, not one that CloudFormation makes when it deploys. */
const written = <Schema extends z.ZodType>(schema: Schema) =>
  schema.refine((value) => !isIntrinsic(value), { error: 'made only when it is deployed' });

const targetSchema = written(
  z.looseObject({
    ResourceType: z.unknown().optional(),
    ResourceTags: z.unknown().optional(),
    ResourceArns: z.unknown().optional(),
    Filters: z.unknown().optional(),
    Parameters: written(z.record(z.string(), z.unknown())).optional(),
  }),
);

const actionSchema = written(
  z.looseObject({
    ActionId: z.unknown().optional(),
    Parameters: written(z.record(z.string(), z.unknown())).optional(),
    Targets: written(z.record(z.string(), z.unknown())).optional(),
  }),
);

/** What the fence reads of an `AWS::FIS::ExperimentTemplate`. Values may still be intrinsic functions, the shape may not. */
export const fisPropertiesSchema = written(
  z.looseObject({
    Targets: written(z.record(z.string(), targetSchema)).default({}),
    Actions: written(z.record(z.string(), actionSchema)).default({}),
    StopConditions: z
      .array(written(z.looseObject({ Source: z.unknown().optional(), Value: z.unknown().optional() })))
      .default([]),
    RoleArn: z.unknown().optional(),
  }),
);

export type FisProperties = z.output<typeof fisPropertiesSchema>;
export type FisTargetProperties = FisProperties['Targets'][string];
export type FisActionProperties = FisProperties['Actions'][string];

/** What the fence reads of an `AWS::FIS::TargetAccountConfiguration`. */
export const targetAccountSchema = z.looseObject({
  AccountId: z.unknown().optional(),
  RoleArn: z.unknown().optional(),
});
