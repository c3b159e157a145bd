/** Who changed what and when; secrets are never among the values. */
import type { ChangeList } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useLive, useNow } from '../box-context.tsx';
import { settingValue } from './setting-values.ts';
import { settingWord } from './setting-words.ts';

export function ChangeLog() {
  const lang = useLang();
  const dates = useDates();
  const { client } = useBox();
  const now = useNow(60_000);
  const { settingsRevision } = useLive();
  const [list, setList] = useState<ChangeList['changes'] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void client.get<ChangeList>('/changes').then((answer) => {
      if (answer.ok) setList(answer.value.changes);
      setProblem(answer.ok ? null : answer.problem);
    });
  }, [client, settingsRevision]);
  const who = (name: string) =>
    name === 'setup' ? m.who_setup({}, lang) : name === 'file' ? m.who_file({}, lang) : name;
  return (
    <>
      <header class="settings-title">
        <div>
          <h1>{m.section_changes({}, lang)}</h1>
          <p>{m.changes_about({}, lang)}</p>
        </div>
      </header>
      {problem && <PageState title={m.changes_not_read({}, lang)}>{wordProblem(problem, lang)}</PageState>}
      {!problem && list === null && <LoadingRows rows={4} label={m.loading({}, lang)} />}
      {list?.length === 0 && <p class="fact">{m.changes_none({}, lang)}</p>}
      {list && list.length > 0 && (
        <div class="panel change-log">
          <table class="plain-table">
            <thead>
              <tr>
                <th scope="col">{m.change_when({}, lang)}</th>
                <th scope="col">{m.change_who({}, lang)}</th>
                <th scope="col">{m.setting({}, lang)}</th>
                <th scope="col">{m.change_before_after({}, lang)}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((change, at) => (
                <tr key={`${change.at} ${change.path} ${at}`}>
                  <td class="num" title={dates.full(change.at)}>
                    {dates.near(change.at, now)}
                  </td>
                  <td>{who(change.who)}</td>
                  <td>{settingWord(change.path, lang)}</td>
                  <td class="change-values">
                    {settingValue(change.path, change.old, lang) || '–'} →{' '}
                    {settingValue(change.path, change.new, lang) || '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
