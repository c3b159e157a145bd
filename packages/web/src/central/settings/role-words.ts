/** What a role at central is called. */
import type { AccountRole } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { Language as Lang } from '../../language/language.tsx';

export function roleWords(role: AccountRole, lang: Lang): string {
  switch (role) {
    case 'admin':
      return m.role_admin({}, lang);
    case 'technician':
      return m.role_technician({}, lang);
    case 'reader':
      return m.role_reader({}, lang);
  }
}
