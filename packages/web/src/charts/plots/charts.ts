/** What loads when a machine's charts are shown: the drawing library is of no use before. */
export { PagesChart } from './pages-chart.tsx';
export { TonerChart } from './toner-chart.tsx';
