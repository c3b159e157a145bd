/** Every route of the box's API by who may call it, with a body that is understood: walked by the tests of access. */
import type { Access } from '../src/api/index.ts';
import { PASSWORD } from './box-at-work.ts';

/** Every route there is. A new one is a decision, made here. */
export const ROUTES: Readonly<Record<Access, readonly string[]>> = {
  open: ['GET /state', 'GET /session', 'POST /session', 'POST /setup'],
  reading: [
    'GET /events',
    'GET /devices',
    'GET /devices/:id/readings/latest',
    'GET /devices/:id/history',
    'GET /devices/:id/log',
    'GET /devices/:id/origins',
    'GET /load',
    'GET /sent/summary',
    'GET /sent',
    'GET /sent/export.csv',
    'GET /sent/waiting',
    'GET /sent/:id',
    'GET /sent/:id/payload.json',
    'GET /objects',
    'GET /sheet.pdf',
    'GET /health',
    'GET /expected',
  ],
  session: [
    'POST /scan',
    'DELETE /scan',
    'POST /enrolment',
    'PATCH /devices',
    'POST /devices/:id/read',
    'DELETE /devices/:id',
    'GET /settings',
    'PUT /settings',
    'POST /ranges/check',
    'POST /ranges/estimate',
    'GET /networks',
    'GET /ping-only',
    'POST /test',
    'GET /changes',
    'GET /certificate',
    'POST /backup',
    'POST /restore/check',
    'POST /restore',
    'POST /health/test',
    'GET /health/log',
    'POST /line-check',
    'GET /proposals',
    'POST /proposals/ask',
    'POST /proposals/:id/answer',
  ],
  person: ['DELETE /session', 'PUT /password', 'GET /sessions', 'DELETE /sessions/:id'],
  admin: [
    'GET /people',
    'POST /people',
    'PATCH /people/:name',
    'PUT /certificate',
    'DELETE /certificate',
    'PUT /disclosure',
  ],
};

/** For whoever signed in, in one role or another. */
export const SIGNED_IN = [...ROUTES.person, ...ROUTES.session, ...ROUTES.admin];

export const BODIES: Readonly<Record<string, unknown>> = {
  'POST /session': { password: 'not the password' },
  'POST /setup': { code: 'not the code', password: PASSWORD },
  'POST /enrolment': { url: 'not a url', code: 'x' },
  'POST /proposals/:id/answer': { accept: true },
  'PATCH /devices': { ids: ['nobody'], set: { note: 'x' } },
  'PUT /password': { current: 'not the password', next: PASSWORD },
  'POST /ranges/check': { range: '10.0.0.0/40' },
  'PUT /disclosure': { metrics: true },
  'POST /ranges/estimate': { range: '10.0.0.0/40' },
  'POST /line-check': {},
  'POST /backup': {},
  'POST /restore/check': { file: 'no json' },
  'POST /restore': { file: 'no json' },
  'POST /people': { name: 'x', role: 'viewer', password: 'short' },
  'PATCH /people/:name': { disabled: true },
  'PUT /certificate': { certificate: 'x', key: 'x' },
  'POST /test': { address: '10.0.0.1' },
};

export const split = (route: string): readonly [string, string] => {
  const [method = '', path = ''] = route.split(' ');
  return [method, path.replace(/:(id|name)/, 'nobody')];
};
