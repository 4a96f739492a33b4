import fastify from 'fastify'

// What the framework alone can do on this machine: one route, no hooks, no log.
const app = fastify()
app.get(
  '/',
  { schema: { response: { 200: { type: 'object', properties: { hello: { type: 'string' } } } } } },
  async () => ({
    hello: 'world',
  }),
)
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) })
