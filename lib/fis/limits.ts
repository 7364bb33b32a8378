/**
 * AWS FIS's own limits per account and Region, none of them adjustable
 * (FIS user guide, "Quotas and limitations", read November 2026).
 */
export const fisLimits = {
  templates: 500,
  activeExperiments: 5,
  actionsPerTemplate: 20,
  parallelActions: 10,
  stopConditions: 5,
  arnsPerTarget: 5,
  /** Accounts that one template may act in. */
  targetAccounts: 40,
  experimentMs: 12 * 3_600_000,
} as const;
