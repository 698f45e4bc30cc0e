/**
 * What the name of a function says about its purpose: code that is run once, and probes of a database that somebody
 * names. Whole words only: `description` is no script.
 */

const EXACTLY_ONCE =
  /^(?:getStaticProps|getStaticPaths|generateStaticParams|main|run|start|boot|bootstrap|init|initiali[sz]e|set_?up|install|launch|cli)$/i;
const ONCE =
  /^(?:migrate|migrations?|upgrades?|seeds?|seeders?|seeding|scripts?|commands?|setup|teardown|fixtures?|bench|benchmark|bootstrap)$/;
const PREPARES = /^(?:create|drop|reset|init|initiali[sz]e|ensure|prepare|wait|provision)$/;
const SCHEMA = /^(?:db|database|databases|schema|schemas|tables?|users?|roles?|extensions?|indexes)$/;

export function isOnceName(name: string): boolean {
  const words = wordsOf(name);
  if (/^(?:init|initiali[sz]e|bootstrap)$/.test(words[0] ?? '')) return true;
  const prepares = PREPARES.test(words[0] ?? '') && words.slice(1).some((word) => SCHEMA.test(word));
  return EXACTLY_ONCE.test(name) || words.some((word) => ONCE.test(word)) || prepares;
}

const PROBES =
  /^(?:test|probe|ping|diagnose|discover|introspect|inspect|preview|review|dump|restore|backup|health|healthz|healthcheck|readiness|liveness)$/;
const ASKS = /^(?:is|has|can|check|try|validate|verify|wait|detect|ensure|assert)$/;
const CONNECTION =
  /^(?:connections?|connect|connectivity|databases?|db|credentials?|servers?|health|healthy|alive|ready|reachable|up|postgres|pg|mysql|redis|mongo|datasource)$/;

export function isProbeName(name: string): boolean {
  const words = wordsOf(name);
  if (PROBES.test(words[0] ?? '') || words.some((word) => /^health/.test(word))) return true;
  return ASKS.test(words[0] ?? '') && words.slice(1).some((word) => CONNECTION.test(word));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}
