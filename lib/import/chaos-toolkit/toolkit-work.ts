import type { Node } from '../drafting/node.ts';
import type { Work } from '../drafting/work.ts';
import type { Variable } from './variables.ts';

/** An experiment of Chaos Toolkit on its way. */
export interface ToolkitWork extends Work {
  /** What `${name}` stands for. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** Activities that references can name, by name. */
  readonly activities: ReadonlyMap<string, Node>;
}
