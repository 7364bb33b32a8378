import type { Resource } from './resource.ts';

/** Says of every field that nothing has been said of yet why it is not taken over. */
export function sayWhy({ account, kind }: Resource, hasFault: boolean): void {
  const why =
    account.refusals.length > 0
      ? 'nothing is made of the document, for what else is refused in it'
      : kind === 'StatusCheck' && !hasFault
        ? 'a check alone breaks nothing: it becomes a probe where a fault stands in the same file'
        : kind === 'Workflow' || kind === 'Schedule'
          ? 'no step uses it'
          : 'Chaos Mesh does not use it here';
  account.rest([], (path) => account.refused(path, why));
}
