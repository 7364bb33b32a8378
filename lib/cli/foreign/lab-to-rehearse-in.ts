import type { LoadedLab } from '../../definitions/load-definition.ts';
import { brokenOf, type Project } from '../../definitions/project.ts';
import { hintFor } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';

/** The lab that experiments of other tools are rehearsed in, where the project has one of that id. */
const usual = 'shop';

/**
 * The lab that was named, else the one called `shop`, else the only one.
 *
 * @throws SteadfastError `unknown-id` or `invalid` where the named one is not there or not valid, `cannot-begin` where none can be chosen
 */
export function labToRehearseIn(project: Project, asked: string | undefined): LoadedLab {
  const { labs } = project;
  const ids = labs.map(({ id }) => id);
  const id = asked ?? usual;
  const found = labs.find((one) => one.id === id);
  if (found !== undefined) return found;
  const broken = brokenOf(project, id, 'lab');
  if (broken !== undefined)
    throw new SteadfastError('invalid', `the lab '${id}' is not valid`, { problems: broken.problems });
  const [only, ...others] = labs;
  if (asked === undefined && only !== undefined && others.length === 0) return only;
  if (asked === undefined) {
    throw new SteadfastError('cannot-begin', 'nothing says which lab to rehearse it in', {
      hint:
        ids.length === 0
          ? 'the project has none; steadfast init writes a first one'
          : `name one with --lab: ${ids.join(', ')}`,
    });
  }
  throw new SteadfastError('unknown-id', `there is no lab '${asked}'`, {
    hint: hintFor(asked, ids),
  });
}
