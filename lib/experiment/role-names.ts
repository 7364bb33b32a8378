/** Who does what on a game day; a person may act in several, and then counts as one. */
export const roleNames = ['operator', 'observer', 'onCall', 'scribe'] as const;

export type RoleName = (typeof roleNames)[number];
