import { placeOfBus } from '../experiment/campaign-partner.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { partitionOf } from './aws-names.ts';
import { type EnvironmentPlace, environmentNames } from './environment-names.ts';

/** An environment, as far as its partners go. */
export interface PartneredEnvironment extends EnvironmentPlace {
  readonly campaignPartners?: readonly string[] | undefined;
}

const isSame = (a: EnvironmentPlace, b: EnvironmentPlace) =>
  a.id === b.id && a.account === b.account && a.region === b.region;

/** The partners of an environment, and what is wrong with how it names them; `all` are those that the project defines. */
export function campaignPartnersOf(
  environment: PartneredEnvironment,
  all: readonly PartneredEnvironment[],
): { readonly partners: readonly EnvironmentPlace[]; readonly problems: readonly Problem[] } {
  const partners: EnvironmentPlace[] = [];
  const problems: Problem[] = [];
  for (const [index, named] of (environment.campaignPartners ?? []).entries()) {
    const place = placeOfBus(named) ?? all.find(({ id }) => id === named);
    const problem =
      place === undefined ? unknownPartner(named, environment, all) : wrongPartner(environment, place, all);
    if (problem !== undefined) problems.push({ ...problem, path: ['campaignPartners', index] });
    else if (place !== undefined && !partners.some((one) => isSame(one, place))) {
      const { id, account, region } = place;
      partners.push({ id, account, region });
    }
  }
  return { partners, problems };
}

type Wrong = Omit<Problem, 'path'>;

const unknownPartner = (
  named: string,
  { id }: PartneredEnvironment,
  all: readonly PartneredEnvironment[],
): Wrong => ({
  code: 'unknown-name',
  message: `no environment is called '${named}'`,
  hint: 'where another repository defines it, write the ARN of its bus for campaigns in its place',
  candidates: all.flatMap((one) => (one.id === id ? [] : [one.id])),
});

function wrongPartner(
  environment: PartneredEnvironment,
  other: EnvironmentPlace,
  all: readonly PartneredEnvironment[],
): Wrong | undefined {
  const { id, account, region } = environment;
  if (other.account === account && other.region === region) {
    return {
      code: 'same-place',
      message:
        other.id === id
          ? `'${id}' is no partner of itself`
          : `'${other.id}' is in the same account and Region as '${id}', where one dispatcher follows all of a campaign`,
      hint: other.id === id ? 'leave it out' : `write dispatches: ['${other.id}'] in its place`,
    };
  }
  if (partitionOf(other.region) !== partitionOf(region)) {
    return {
      code: 'elsewhere',
      message: `'${other.id}' is in ${other.region}, and no event gets there from ${region}`,
      hint: 'leave it out, and plan each with a campaign of its own',
    };
  }
  const known = all.find((one) => isSame(one, other));
  if (known === undefined || namesPartner(known, environment)) return undefined;
  return {
    code: 'one-sided',
    message: `'${other.id}' does not name '${id}' among its campaignPartners: it would not listen to it`,
    hint: `add campaignPartners: ['${id}'] to ${other.id}, and deploy the runners of both`,
  };
}

/** Whether an environment names another as its partner. */
export const namesPartner = (environment: PartneredEnvironment, other: EnvironmentPlace): boolean =>
  (environment.campaignPartners ?? []).some(
    (named) => named === other.id || named === environmentNames(other).campaignBusArn,
  );
