/**
 * What the generator leaves out, since the repair of it is known to be wrong: each is a fault to be mended, and its line
 * goes away with it. `PROOF_ALL=1` puts everything in.
 */
const all = process.env['PROOF_ALL'] === '1';

export const excluded = {
  /** A checkout of the pool comes back inside a transaction that nobody rolled back: shared, the next request is in it. */
  transactionInCheckout: !all,
  /** SET, LISTEN, SELECT of redis in a function that the pool or the client is handed to. */
  sessionInHelper: !all,
  /** A pool that is handed to a function which checks out: nobody listens to what is held. */
  checkoutInHelper: !all,
  /** A comment above the declaration of a connection whose only statement the pool runs is lost. */
  commentsOfConnections: !all,
  /** In JavaScript that is checked, `let pool;` without a type makes what follows from it `any`. */
  checkedJavaScript: !all,
} as const;
