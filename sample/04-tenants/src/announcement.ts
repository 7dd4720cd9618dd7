/** What to type, for whoever has just started the sample. */
export function announcement(port: number): string {
  return `
The API of all tenants listens on port ${port}. A page of acme may read acme's orders and no others:

  curl -i http://acme.localhost:${port}/orders -H "Origin: https://app.acme.example"
  curl -i http://globex.localhost:${port}/orders -H "Origin: https://app.acme.example"

Give globex another origin; it takes effect at once, on every instance:

  curl -i -X PUT http://localhost:${port}/admin/tenants/globex/origins -H "Authorization: Bearer only-to-try-it" -H "Content-Type: application/json" -d '{"origins":["https://app.globex.example","https://app.acme.example"]}'
`;
}
