/** What the routes work with. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Clock, Log } from '@rsb/runtime';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { Backup } from '../backup/index.ts';
import type { Certificates } from '../https/index.ts';
import type { People, Sessions } from '../people/index.ts';
import type { BoxService } from '../service/box-service.ts';
import type { ChangeLog, Settings } from '../settings/index.ts';

export interface ApiDeps {
  readonly service: BoxService;
  readonly settings: Settings;
  readonly changeLog: ChangeLog;
  readonly people: People;
  readonly sessions: Sessions;
  readonly certificates: Certificates;
  readonly backup: Backup;
  readonly clock: Clock;
  readonly log: Log;
}

/** A server whose handlers see the types of their schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
