import { commandPage } from './command-page.ts';
import { defaultsPage } from './defaults-page.ts';
import { definitionsPage } from './definitions-page.ts';
import { errorsPage } from './errors-page.ts';
import { eventsPage } from './events-page.ts';
import { faultsPage } from './faults-page.ts';
import { journalPage } from './journal-page.ts';
import { jsonOutputPage } from './json-output-page.ts';
import { permissionsPage } from './permissions-page.ts';
import { planPage } from './plan-page.ts';
import { rehearsalPage } from './rehearsal-page.ts';
import { reportsPage } from './reports-page.ts';
import { samplesPage } from './samples-page.ts';
import { toxicsPage } from './toxics-page.ts';

/** The pages of docs/reference that mirror code, by file. */
export const generatedPages: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/reference/command.md': commandPage,
  'docs/reference/defaults.md': defaultsPage,
  'docs/reference/definitions.md': definitionsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/events.md': eventsPage,
  'docs/reference/faults.md': faultsPage,
  'docs/reference/faults-in-a-lab.md': rehearsalPage,
  'docs/reference/json-output.md': jsonOutputPage,
  'docs/reference/journal.md': journalPage,
  'docs/reference/permissions.md': permissionsPage,
  'docs/reference/plan.md': planPage,
  'docs/reference/reports.md': reportsPage,
  'docs/reference/samples.md': samplesPage,
  'docs/reference/toxics.md': toxicsPage,
};
