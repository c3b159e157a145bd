/** One machine: placeholder page. */
export function MachinePage({ id }: { readonly id: string }) {
  return (
    <main id="content" class="page">
      {id}
    </main>
  );
}
