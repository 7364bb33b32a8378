import * as z from 'zod';

const entrySchema = z.looseObject({
  license: z.string().optional(),
  engines: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

export const lockSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) });

type Entry = z.output<typeof entrySchema>;

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/** An optional package that the lock file should know, and what asks for it. */
interface Missing {
  readonly name: string;
  readonly version: string;
  readonly by: Entry;
}

/**
 * The packages for other platforms that a lock file does not know. A registry that serves some platforms only makes npm leave the
 * others out as it writes the lock file, and `npm ci` then refuses it everywhere.
 */
export function missingPlatforms(lock: z.output<typeof lockSchema>): Missing[] {
  const known = (key: string, name: string) =>
    `node_modules/${name}` in lock.packages || `${key}/node_modules/${name}` in lock.packages;
  return Object.entries(lock.packages).flatMap(([key, by]) =>
    Object.entries(by.optionalDependencies ?? {})
      .filter(([name]) => !known(key, name))
      .map(([name, version]) => ({ name, version, by })),
  );
}

/** The entry of a package for another platform, which its name tells: `@swc/core-linux-arm64-musl`. */
export function platformEntry({ name, version, by }: Missing): Entry {
  const words = (name.split('/').at(-1) ?? '').split('-');
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : undefined;
  return {
    version,
    cpu: processors.filter((processor) => words.includes(processor)),
    dev: true,
    ...(libc === undefined ? {} : { libc }),
    ...(by.license === undefined ? {} : { license: by.license }),
    optional: true,
    os: systems.filter((system) => words.includes(system)),
    ...(by.engines === undefined ? {} : { engines: by.engines }),
  };
}
