import type { FisAction } from './action.ts';
import { arcActions } from './arc.ts';
import { cloudwatchActions } from './cloudwatch.ts';
import { directconnectActions } from './directconnect.ts';
import { dsqlActions } from './dsql.ts';
import { dynamodbActions } from './dynamodb.ts';
import { ebsActions } from './ebs.ts';
import { ec2Actions } from './ec2.ts';
import { ecsActions } from './ecs.ts';
import { eksActions } from './eks.ts';
import { elasticacheActions } from './elasticache.ts';
import { fisActions } from './fis.ts';
import { kinesisActions } from './kinesis.ts';
import { lambdaActions } from './lambda.ts';
import { memorydbActions } from './memorydb.ts';
import { networkActions } from './network.ts';
import { rdsActions } from './rds.ts';
import { s3Actions } from './s3.ts';
import { ssmActions } from './ssm.ts';

/** Every FIS action that a definition can name, by service. */
export const actions = [
  ...arcActions,
  ...cloudwatchActions,
  ...directconnectActions,
  ...dsqlActions,
  ...dynamodbActions,
  ...ebsActions,
  ...ec2Actions,
  ...ecsActions,
  ...eksActions,
  ...elasticacheActions,
  ...fisActions,
  ...kinesisActions,
  ...lambdaActions,
  ...memorydbActions,
  ...networkActions,
  ...rdsActions,
  ...s3Actions,
  ...ssmActions,
] as const;

export type ActionId = (typeof actions)[number]['id'];

/** All ids, in the order of the catalogue. */
export const actionIds: readonly ActionId[] = actions.map(({ id }) => id);

const byId: ReadonlyMap<string, FisAction> = new Map(actions.map((action) => [action.id, action]));

/** What the catalogue knows of an action; undefined where there is none of that name. */
export const findAction = (id: string): FisAction | undefined => byId.get(id);

/** The services that have actions, as their ids say. */
export const actionServices: readonly string[] = [...new Set(actions.map(({ service }) => service))];
