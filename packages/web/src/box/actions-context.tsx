/** One set of actions for all that starts them, so that a failure is told in one place. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type MachineActions, useNewMachineActions } from './machines/actions.ts';

const ActionsContext = createContext<MachineActions | null>(null);

export function ActionsProvider({ children }: { readonly children: ComponentChildren }) {
  return <ActionsContext.Provider value={useNewMachineActions()}>{children}</ActionsContext.Provider>;
}

export function useMachineActions(): MachineActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('a page is drawn outside of the app');
  return actions;
}
