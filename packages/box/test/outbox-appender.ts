/** A process that stores things and their items until it is killed: `node outbox-appender.ts DATABASE`. */
import { systemClock, systemRandom } from '@rsb/runtime';
import { createOutbox, outboxSchema } from '../src/outbox/index.ts';
import { openDatabase } from '../src/store/database.ts';

const db = openDatabase(process.argv[2] ?? '');
db.script(`${outboxSchema} CREATE TABLE IF NOT EXISTS thing (n INTEGER PRIMARY KEY) STRICT`);
const outbox = createOutbox(db, { clock: systemClock(), random: systemRandom() });
for (;;) {
  db.transaction(() => {
    const n = db.run('INSERT INTO thing (n) VALUES (NULL)').lastId;
    outbox.append('boxState', { n });
    outbox.append('deviceEvent', { n });
  });
  process.stdout.write('.');
}
