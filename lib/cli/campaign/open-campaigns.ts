import { type EnvironmentFlags, type OpenEnvironment, openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import type { Io } from '../io.ts';

/** The campaigns that one environment's dispatcher follows. */
export async function openCampaigns(io: Io, flags: EnvironmentFlags, outside: Outside) {
  const environment: OpenEnvironment = await openEnvironment(io, flags, outside);
  const { names, connection } = environment;
  const { dynamo, s3, sfn } = connection.clients;
  // Together with the SDK they take longer to load than all of the command.
  const [
    { createCampaignPlans },
    { createCampaignProgress },
    { createPartWords },
    { createDispatcher },
    { asking },
  ] = await Promise.all([
    import('../../aws/campaign/campaign-plans.ts'),
    import('../../aws/campaign/campaign-progress.ts'),
    import('../../aws/campaign/part-words.ts'),
    import('../../aws/campaign/dispatcher.ts'),
    import('../../aws/command/aws-problem.ts'),
  ]);
  const plans = createCampaignPlans({ s3, bucket: names.bucket });
  const progress = createCampaignProgress({ dynamo, table: names.table });
  const words = createPartWords({ dynamo, table: names.table });
  const object = (campaign: string) => `${names.bucketArn}/campaigns/${campaign}/plan.json`;
  return {
    environment,
    dispatcher: createDispatcher({ sfn, stateMachineArn: names.dispatcherArn }),
    plan: (campaign: string) =>
      asking({ action: 's3:GetObject', resource: object(campaign) }, () => plans.load(campaign)),
    save: (part: Parameters<typeof plans.save>[0]) =>
      asking({ action: 's3:PutObject', resource: object(part.campaign) }, () => plans.save(part)),
    status: (campaign: string) =>
      asking({ action: 'dynamodb:GetItem', resource: names.tableArn }, () => progress.status(campaign)),
    words: (campaign: string) =>
      asking({ action: 'dynamodb:Query', resource: names.tableArn }, () => words.heard(campaign)),
    jobs: (campaign: string) =>
      asking({ action: 'dynamodb:Query', resource: names.tableArn }, () => progress.from(campaign, 0)),
  };
}
