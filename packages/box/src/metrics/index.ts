/** `/metrics` for Prometheus. */
export { type MetricsParts, metricsText } from './metrics.ts';
