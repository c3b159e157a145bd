/** Settings: placeholder page. */
export function SettingsPage({ section }: { readonly section: string }) {
  return (
    <main id="content" class="page">
      {section}
    </main>
  );
}
