import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';
import * as z from 'zod';

const manifestSchema = z.looseObject({
  version: z.string().optional(),
  engines: z.looseObject({ node: z.string().optional() }).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
});

/** What a package says of itself. */
export type Manifest = z.output<typeof manifestSchema>;

/** The manifest in a file; undefined where it is not there or none. */
export function readManifest(file: string | undefined): Manifest | undefined {
  try {
    return file === undefined ? undefined : manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Where a package is that a file could import; undefined where it is not installed. */
export function findPackage(name: string, from: string): string | undefined {
  try {
    return findPackageJSON(name, from);
  } catch {
    return undefined; // ERR_MODULE_NOT_FOUND, or a folder that is not there
  }
}

/** This package, as it is installed. */
export function ownPackage(): { readonly folder: string; readonly manifest: Manifest } {
  const file = findPackageJSON('..', import.meta.url) ?? '';
  return { folder: dirname(file), manifest: readManifest(file) ?? {} };
}
