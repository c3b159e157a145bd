/** The settings page's working state: what is saved, what is edited, what was refused, what another tab did. */
import type { CredentialView, SettingsView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { type Problem, readableFault } from '../../api/client.ts';
import { useObservable } from '../../api/observable.ts';
import { useToast } from '../../components/Toast.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { type SettingsEdit, useBox, useLive } from '../box-context.tsx';
import { changesOf, type SettingChange } from './changes.ts';
import { draftFrom, inputFrom, numberFaults, rebased, type SettingsDraft } from './draft.ts';

export interface SettingsState {
  readonly base: SettingsView;
  readonly draft: SettingsDraft;
  readonly edit: (part: Partial<SettingsDraft>) => void;
  readonly changes: readonly SettingChange[];
  readonly saving: boolean;
  readonly save: () => Promise<void>;
  readonly discard: () => void;
  /** Refused as a whole, not at a field. */
  readonly problem: Problem | null;
  /** The sentence for a field, by JSON pointer; undefined where it is fine. */
  readonly errorAt: (pointer: string) => string | undefined;
  /** Pointers of all fields that are not fine. */
  readonly faulty: readonly string[];
  /** What somebody else saved while this was edited. */
  readonly theirs: SettingsView | null;
  readonly keepTheirs: () => void;
  readonly useMine: () => void;
}

export type Loading =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: Problem; readonly retry: () => void }
  | ({ readonly state: 'ready' } & SettingsState);

const edited = (base: SettingsView, draft: SettingsDraft): SettingsEdit => ({
  base,
  draft,
  isEdited: changesOf(draft, base).length > 0,
});

/** Whether what was saved of a credential can be saved again without its secrets. */
function keepsSecrets(old: CredentialView, kept: CredentialView): boolean {
  if (old.id !== kept.id) return false;
  if (old.version !== 'v3') return kept.version !== 'v3';
  if (kept.version !== 'v3' || old.auth?.protocol !== kept.auth?.protocol) return false;
  return old.privacy === null || kept.privacy !== null;
}

export function useSettings(): Loading {
  const { client, live, settingsEdit } = useBox();
  const lang = useLang();
  const toast = useToast();
  const { settingsRevision } = useLive();
  const documents = useObservable(settingsEdit);
  const [loadProblem, setLoadProblem] = useState<Problem | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [numbers, setNumbers] = useState<ReturnType<typeof numberFaults>>(new Map());
  const [saving, setSaving] = useState(false);
  const [theirs, setTheirs] = useState<SettingsView | null>(null);

  const take = useCallback(
    (base: SettingsView) => {
      settingsEdit.set({ base, draft: draftFrom(base), isEdited: false });
      setProblem(null);
      setNumbers(new Map());
      setTheirs(null);
    },
    [settingsEdit],
  );
  const load = useCallback(async () => {
    const answer = await client.get<SettingsView>('/settings');
    if (answer.ok) take(answer.value);
    setLoadProblem(answer.ok ? null : answer.problem);
  }, [client, take]);
  useEffect(() => {
    const kept = settingsEdit.get();
    // What was edited before another page was looked at is still there.
    if (!kept?.isEdited) void load();
  }, [load, settingsEdit]);

  const changes = useMemo(() => (documents ? changesOf(documents.draft, documents.base) : []), [documents]);
  const loadTheirs = useCallback(async () => {
    const answer = await client.get<SettingsView>('/settings');
    if (answer.ok) setTheirs(answer.value);
  }, [client]);
  const revision = documents?.base.revision;
  const isEdited = changes.length > 0;
  useEffect(() => {
    if (saving || revision === undefined || settingsRevision === null || settingsRevision <= revision) return;
    void (isEdited ? loadTheirs() : load());
  }, [settingsRevision, revision, saving, isEdited, load, loadTheirs]);

  if (!documents) {
    return loadProblem ? { state: 'failed', problem: loadProblem, retry: () => void load() } : { state: 'loading' };
  }
  const { base, draft } = documents;

  const put = (input: ReturnType<typeof inputFrom>, ifMatch: number) =>
    client.send<SettingsView>('PUT', '/settings', { body: input, ifMatch });
  const save = async () => {
    const input = inputFrom(draft, base);
    const wrong = numberFaults(input);
    setNumbers(wrong);
    if (wrong.size > 0) return;
    setSaving(true);
    const answer = await put(input, base.revision);
    setSaving(false);
    if (!answer.ok) {
      if (answer.problem.kind === 'problem' && answer.problem.code === 'settingsStale') await loadTheirs();
      else setProblem(answer.problem);
      // The session ended meanwhile: sign-in comes first, the edits wait.
      if (answer.problem.kind === 'problem' && answer.problem.status === 401) void live.reload();
      return;
    }
    const count = changes.length;
    // What was secret and is gone cannot come back by itself.
    const undoable = base.credentials.every((old) => answer.value.credentials.some((kept) => keepsSecrets(old, kept)));
    const undo = async () => {
      const back = await put(inputFrom(draftFrom(base), base), answer.value.revision);
      if (back.ok) take(back.value);
      else setProblem(back.problem);
    };
    take(answer.value);
    toast({
      text: m.saved_settings({ count, settings: formatCount(count, lang) }, lang),
      ...(undoable ? { action: { text: m.undo({}, lang), run: () => void undo() } } : {}),
    });
  };
  const fieldFaults = problem?.kind === 'problem' ? problem.errors.filter((fault) => fault.field !== undefined) : [];
  return {
    state: 'ready',
    base,
    draft,
    edit: (part) => {
      const now = settingsEdit.get();
      if (now) settingsEdit.set(edited(now.base, { ...now.draft, ...part }));
    },
    changes,
    saving,
    save,
    discard: () => take(base),
    problem: fieldFaults.length > 0 ? null : problem,
    errorAt: (pointer) => {
      const limits = numbers.get(pointer);
      if (limits) {
        const shown = { least: formatCount(limits.least, lang), most: formatCount(limits.most, lang) };
        return m.number_limits(shown, lang);
      }
      const found = fieldFaults.find((fault) => fault.field === pointer);
      return found && readableFault(found, lang);
    },
    faulty: [...numbers.keys(), ...fieldFaults.map((fault) => fault.field ?? '')],
    theirs,
    keepTheirs: () => theirs && take(theirs),
    useMine: () => {
      if (!theirs) return;
      settingsEdit.set(edited(theirs, rebased(draft, theirs)));
      setTheirs(null);
    },
  };
}
