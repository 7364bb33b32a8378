import { longestId } from '../../experiment/names.ts';
import { freeId } from '../../recipes/free-id.ts';
import { idsOf } from '../../recipes/known-project.ts';
import type { Conversion, Draft, ImportContext, ImportFormat } from '../contract.ts';
import { groundOf } from '../drafting/ground.ts';
import { decide, type Work } from '../drafting/work.ts';
import type { Source } from '../source/source.ts';
import { experimentOf } from './experiment.ts';
import { knownLink, newLab, newLinks, type ProxyLink, underTest } from './links.ts';
import { isProxy, makesProxy, nameOf, proxiesIn, readProxies } from './read-proxies.ts';
import { sayOff, sayProxy, sayToxic } from './say.ts';
import { faultOfDisabled, faultOfToxic, type ToxicFault } from './toxic-faults.ts';

/** Configuration files of Toxiproxy, what its API answers, and tests in Python that make its proxies. */
export const toxiproxyFormat: ImportFormat = {
  id: 'toxiproxy',
  title: 'Toxiproxy',
  recognises: (document) => makesProxy(document) || proxiesIn(document).length > 0,
  convert(source, context) {
    const { proxies, others } = readProxies(source);
    for (const document of others)
      context
        .ledger(document)
        .refused([], 'it makes no proxy and adds no toxic: what a test looks at, the definition says');
    const work = workOf('links', source, context);
    const usable = proxies.filter(
      (proxy) => isProxy(proxy.node.value) || proxy.node.document.python !== undefined,
    );
    const known = usable.map((proxy) => knownLink(work, proxy));
    const all = known.filter((link) => link !== undefined);
    const isKnown = all.length === usable.length && work.ground.lab !== undefined;
    const [links, lab] = isKnown ? [all, work.ground.lab] : [newLinks(usable), undefined];
    for (const proxy of proxies.filter((one) => !usable.includes(one)))
      context.ledger(proxy.node.document).refused(proxy.node.path, 'it is no proxy: it says no upstream');
    return lab === undefined ? onNewLab(source, context, links) : onLab(source, context, links, lab);
  },
};

function workOf(id: string, source: Source, context: ImportContext): Work {
  const document = source.documents[0] ?? { index: 0, value: undefined, lineOf: () => undefined };
  return {
    id,
    document: document.index,
    context,
    ledger: context.ledger(document),
    ground: groundOf(context),
    decisions: [],
    refusals: [],
    notes: [],
  };
}

/** The experiments of the toxics, on links that the lab has. */
function onLab(source: Source, context: ImportContext, links: readonly ProxyLink[], lab: string): Conversion {
  const made = experimentsOf(source, context, links, lab);
  const notes = links.map(
    ({ proxy, from, to }) => `'${nameOf(proxy) ?? 'a proxy'}' is the link from '${from}' to '${to}' here`,
  );
  for (const { proxy, to } of links) sayProxy(context, proxy, `${lab}: the link to ${to}`);
  if (made.drafts.length > 0 || made.refusals.length > 0) return { ...made, notes };
  return {
    ...made,
    refusals: [
      {
        code: 'nothing-to-import',
        document: source.documents[0]?.index ?? 0,
        path: [],
        message: `the lab '${lab}' has these links already, and the file has no toxic that becomes a fault`,
        hint: 'steadfast new --for SERVICE writes an experiment on a link',
      },
    ],
    notes,
  };
}

/** A lab with a link for each proxy, and the experiments of the toxics on them. */
function onNewLab(source: Source, context: ImportContext, links: readonly ProxyLink[]): Conversion {
  const work = workOf(labId(source, context), source, context);
  if (links.length === 0) return { drafts: [], decisions: [], refusals: [] };
  const lab = newLab(work.id, links);
  decide(
    work,
    ['services', underTest, 'command'],
    'which command starts what is under test, told of its links by {name.url}',
  );
  for (const { to, port } of links) {
    if (port === 5432) continue;
    decide(work, ['services', to, 'command'], `which command starts '${to}' on this machine`);
  }
  decide(
    work,
    ['metrics', 'errorShare'],
    'where the share of failed requests can be read: the guard ends faults by it',
  );
  for (const { proxy, to } of links) sayProxy(context, proxy, `${work.id}: services.${to}`);
  const made = experimentsOf(source, context, links, work.id);
  const draft: Draft = { kind: 'lab', definition: lab };
  return { drafts: [draft, ...made.drafts], decisions: [...work.decisions, ...made.decisions], refusals: [] };
}

/** One experiment for each toxic that is a fault, and for each proxy that is switched off. */
function experimentsOf(
  source: Source,
  context: ImportContext,
  links: readonly ProxyLink[],
  lab: string,
): Conversion {
  const drafts: Draft[] = [];
  const decisions: Conversion['decisions'][number][] = [];
  const make = (link: ProxyLink, name: string, fault: ToxicFault): string | undefined => {
    const taken = [...idsOf(context.project), ...drafts.map(({ definition }) => definition.id)];
    const work = workOf(freeId(idLike(name), taken), source, context);
    const definition = experimentOf(work, link, fault, lab);
    if (definition === undefined) return undefined;
    drafts.push({ kind: 'experiment', definition });
    decisions.push(...work.decisions);
    return work.id;
  };
  for (const link of links) {
    const target = { service: link.to, ...(link.port === undefined ? {} : { port: link.port }) };
    const off = faultOfDisabled(link.proxy, target);
    if (off !== undefined)
      sayOff(context, link, off, 'refused' in off ? undefined : make(link, `${link.to}-closed`, off));
    for (const toxic of link.proxy.toxics) {
      const fault = faultOfToxic(toxic, target);
      const id =
        'refused' in fault ? undefined : make(link, `${link.to}-${String(toxic.type?.value)}`, fault);
      sayToxic(context, toxic, fault, id);
    }
  }
  return { drafts, decisions, refusals: [] };
}

/** The lab is called as the file is. */
const labId = ({ name }: Source, { project }: ImportContext): string =>
  freeId(
    idLike(
      name
        .split(/[\\/]/)
        .at(-1)
        ?.replace(/\.[^.]*$/, '') ?? '',
    ),
    project.labs.map(({ id }) => id),
  );

function idLike(text: string): string {
  const letters = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const id = letters
    .replace(/^[^a-z]+/, '')
    .slice(0, longestId)
    .replace(/-+$/, '');
  return id === '' ? 'proxies' : id;
}
