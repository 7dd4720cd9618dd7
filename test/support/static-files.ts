import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vm from 'node:vm';
import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import express from 'express';
import type { Platform } from './platforms.js';

/** A directory of files, each of which says which one it is. */
export class StaticFiles {
  readonly root = mkdtempSync(join(tmpdir(), 'cors-files-'));

  constructor(files: readonly string[]) {
    for (const file of files) {
      const path = join(this.root, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** A way in which applications serve files. */
export interface FileServer {
  readonly platform: Platform;
  readonly server: 'express.static' | '@fastify/static';
  serve(app: INestApplication, root: string): unknown;
}

const useExpressStatic: FileServer['serve'] = (app, root) => app.use(express.static(root));

/** Jest cannot load what @fastify/static imports in ES modules: as CommonJS, it is tested as well. */
export const FILE_SERVERS: readonly FileServer[] = [
  { platform: 'express', server: 'express.static', serve: useExpressStatic },
  { platform: 'fastify', server: 'express.static', serve: useExpressStatic },
  ...('SourceTextModule' in vm
    ? []
    : [{ platform: 'fastify', server: '@fastify/static', serve: useFastifyStatic } as const]),
];

async function useFastifyStatic(app: INestApplication, root: string): Promise<void> {
  const { default: plugin } = await import('@fastify/static');
  await (app as NestFastifyApplication).register(plugin, { root });
}
