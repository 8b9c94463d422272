/**
 * A provider on loopback that validates each request against an OpenAPI document, by a validator that is not ours.
 *
 * ```ts
 * const server = await startValidatingServer({
 *   document: 'test/packs/stripe.yaml', // or a parsed document
 *   answer: (request) => ({ status: 200, body: { id: 're_1' } }), // undefined: closes the socket
 * });
 * const client = createStripe({ auth: { … }, baseUrl: server.url });
 * …
 * expect(server.requests).toEqual([{ method: 'POST', path: '/v1/refunds', headers: { … }, body: 'amount=1250' }]);
 * expect(server.violations).toEqual([]);
 * await server.close();
 * ```
 */
export {
  type Answer,
  type ReceivedRequest,
  startValidatingServer,
  type ValidatingServer,
} from '../../scripts/corpus/validating-server.js';
