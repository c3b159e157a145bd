/** The one HTML page of an app. No inline script or style: the content security policy allows neither. */

export interface PageParts {
  readonly title: string;
  readonly script: string;
  readonly preload: readonly string[];
  readonly style: string;
  readonly font: string;
  readonly firstPaint: string;
  /** The file with the first page's words, by language. */
  readonly languages: Readonly<Record<string, string>>;
}

export function indexPage(parts: PageParts): string {
  const languages = Object.entries(parts.languages)
    .map(([locale, file]) => ` data-${locale}="/assets/${file}"`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${parts.title}</title>
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<script src="/assets/${parts.firstPaint}"${languages}></script>
<link rel="stylesheet" href="/assets/${parts.style}">
<link rel="preload" href="/assets/${parts.font}" as="font" type="font/woff2" crossorigin>
${parts.preload.map((name) => `<link rel="modulepreload" href="/assets/${name}">\n`).join('')}<script type="module" src="/assets/${parts.script}"></script>
</head>
<body><div id="app"></div><noscript>This page needs JavaScript.</noscript></body>
</html>
`;
}
