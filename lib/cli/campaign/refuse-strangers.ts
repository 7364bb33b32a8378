import type { CampaignPart, PlanDocument } from '../../campaign/plan-document.ts';
import type { Project } from '../../definitions/project.ts';
import { type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { namesPartner } from '../../plan/campaign-partners.ts';

/**
 * The parts of a campaign that stops as a whole must hear of each other.
 *
 * @throws SteadfastError `invalid`, with every environment that lacks a partner
 */
export function refuseStrangers({ parts }: PlanDocument, { environments }: Project): void {
  const lacks = (one: CampaignPart): string[] => {
    const own = environments.find(({ id }) => id === one.dispatcher)?.parsed;
    return (one.others ?? []).flatMap(({ dispatcher: id, account, region }) =>
      own !== undefined && namesPartner(own, { id, account, region }) ? [] : [id],
    );
  };
  const problems = parts.flatMap((part): Problem[] => {
    const lacking = lacks(part);
    if (lacking.length === 0) return [];
    const named = lacking.map((id) => `'${id}'`).join(', ');
    return [
      {
        code: 'no-partner',
        path: ['campaignPartners'],
        message: `${part.dispatcher} (${part.account} ${part.region}) has no partner ${lacking.join(', ')}`,
        hint: `add campaignPartners: [${named}] to ${part.dispatcher} and deploy its runner`,
      },
    ];
  });
  if (problems.length === 0) return;
  throw new SteadfastError(
    'invalid',
    'the campaign has parts in several accounts or Regions that do not hear of each other, and could not stop as a whole',
    {
      problems,
      hint: 'plan each with a campaign of its own by --env, or with --stop-apart let each part count and stop by itself',
    },
  );
}
