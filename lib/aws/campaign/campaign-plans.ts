import type { S3Client } from '@aws-sdk/client-s3';
import type { CampaignPlans } from '../../campaign/dispatch/dispatch-ports.ts';
import { type CampaignPart, partSchema } from '../../campaign/plan-document.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { createS3Objects } from '../s3-objects.ts';

export const campaignPlanKey = (campaign: string) => `campaigns/${campaign}/plan.json`;

/** Plans of campaigns in the bucket of the environment whose dispatcher follows them. A plan never changes, so each is read once. */
export function createCampaignPlans(options: {
  readonly s3: S3Client;
  readonly bucket: string;
}): CampaignPlans & { save(part: CampaignPart): Promise<void> } {
  const { s3, bucket } = options;
  const objects = createS3Objects(s3, bucket);
  const read = new Map<string, CampaignPart>();
  return {
    load: async (campaign) => {
      const known = read.get(campaign);
      if (known !== undefined) return known;
      const key = campaignPlanKey(campaign);
      const parsed = partSchema.safeParse(JSON.parse(await objects.read(key)));
      if (!parsed.success || parsed.data.campaign !== campaign) {
        throw new SteadfastError('invalid', `s3://${bucket}/${key} is no plan of the campaign ${campaign}`, {
          hint: 'steadfast campaign run writes it',
          cause: parsed.error,
        });
      }
      read.set(campaign, parsed.data);
      return parsed.data;
    },
    save: (part) =>
      objects.write(campaignPlanKey(part.campaign), `${JSON.stringify(part)}\n`, 'application/json'),
  };
}
