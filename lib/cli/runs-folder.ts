import { join } from 'node:path';

/** The folder in which a project keeps its runs. */
export const runsFolder = (root: string): string => join(root, '.steadfast', 'runs');
