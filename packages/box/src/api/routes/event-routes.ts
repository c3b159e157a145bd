/** Server-sent events: what changed, to every open page (WHATWG HTML, "Server-sent events"). */
import type { ServerResponse } from 'node:http';
import { fault } from '@rsb/contract';
import { millis, seconds, type Timer } from '@rsb/runtime';
import Type from 'typebox';
import { type AccessRules, mayRead } from '../access.ts';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';
import { createEventTexts } from './event-texts.ts';

/** Changes within this time travel together, so that a scan does not flood a page on a phone. */
const GATHER = millis(200);
/** Proxies and browsers give up on a connection that is silent. */
const HEARTBEAT = seconds(15);
const MOST_STREAMS = 100;
const SinceQuery = Type.Object({ since: Type.Optional(Type.String({ maxLength: 64 })) });

export function addEventRoutes(api: Api, deps: ApiDeps, rules: AccessRules): void {
  const { service, sessions, settings, clock, log } = deps;
  let streams = 0;
  const texts = createEventTexts(service, clock);
  service.subscribe((change) => change.kind === 'device' && texts.forget(change.id));

  const options = {
    config: { boxAccess: 'reading' as const },
    schema: { querystring: SinceQuery },
    exposeHeadRoute: false,
  };
  api.get('/events', options, (request, reply) => {
    if (streams >= MOST_STREAMS) return refuse(reply, fault('tooManyRequests', { seconds: 60 }));
    streams += 1;
    const { sessionId } = request.session;
    const signedIn = (): boolean => {
      const name = sessions.personOf(sessionId);
      return name !== null && rules.people.find(name) !== null;
    };
    reply.hijack();
    const out = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) out.setHeader(name, value);
    out.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    out.flushHeaders();
    request.raw.socket.setNoDelay(true);

    const since = request.query.since ?? request.headers['last-event-id'];
    const missed = since === undefined ? [] : service.changedSince(String(since));
    const waiting = {
      state: true,
      // Whoever was away may have missed a change of settings too.
      settings: since !== undefined,
      reload: missed === null,
      devices: new Set(missed),
    };
    let timer: Timer | null = null;
    let heartbeat: Timer | null = null;
    let isFull = false;

    const flush = () => {
      timer = null;
      if (isFull) return;
      const viewer = { signedIn: signedIn() };
      // Reading was closed, or the session ended: the page will ask and be told.
      if (!mayRead(viewer.signedIn, rules)) {
        out.end();
        return;
      }
      const told = [
        waiting.reload ? texts.reload() : '',
        waiting.settings ? texts.settings(settings.revision) : '',
        waiting.state ? texts.state(viewer) : '',
        ...Array.from(waiting.devices, (id) => texts.device(id)),
        texts.mark(),
      ];
      isFull = !out.write(told.join(''));
      waiting.state = false;
      waiting.settings = false;
      waiting.reload = false;
      waiting.devices.clear();
    };
    const tryFlush = () => {
      try {
        flush();
      } catch (error) {
        // The page comes back by itself and is told what went wrong.
        log.error('events to a page failed', { error: error instanceof Error ? error.message : String(error) });
        out.end();
      }
    };
    const gather = () => {
      timer ??= clock.after('events to a page', GATHER, tryFlush);
    };
    const beat = () => {
      out.write(': alive\n\n');
      heartbeat = clock.after('heartbeat of a page', HEARTBEAT, beat);
    };

    const end = service.subscribe((change) => {
      if (change.kind === 'device') waiting.devices.add(change.id);
      else waiting[change.kind] = true;
      gather();
    });
    endsWith(out, () => {
      streams -= 1;
      end();
      timer?.cancel();
      heartbeat?.cancel();
    });
    out.on('drain', () => {
      isFull = false;
      gather();
    });
    tryFlush();
    heartbeat = clock.after('heartbeat of a page', HEARTBEAT, beat);
  });
}

function endsWith(out: ServerResponse, run: () => void): void {
  out.once('close', run);
  // A page that went away is no error.
  out.on('error', () => {});
}
