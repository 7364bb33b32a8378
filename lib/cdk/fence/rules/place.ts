import type { Rule } from '../breach.ts';

/** The tag of an environment says nothing in another account or Region. */
export const place: Rule = {
  id: 'place',
  asks: "every template lies in the environment's account and Region, where the fence names them",
  breaches: ({ template, fence }) => {
    const { account, region } = template.place;
    if ((fence.account ?? account) === account && (fence.region ?? region) === region) return [];
    return [
      {
        location: 'Properties',
        message: `it lies in ${account}, ${region}, and its environment in ${fence.account ?? account}, ${fence.region ?? region}`,
        fix: 'deploy its stack there, or give that other environment a fence of its own on a stage',
      },
    ];
  },
};
