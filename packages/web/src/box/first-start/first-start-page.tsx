/** First start: placeholder page. */
export function FirstStartPage() {
  return <main id="content" class="page" />;
}
