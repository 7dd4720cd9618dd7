/** Something to try where there is nothing to paste yet. */
export interface Example {
  readonly title: string;
  readonly text: string;
}

export const EXAMPLES: readonly Example[] = [
  {
    title: 'A message of Chrome',
    text: "Access to fetch at 'https://api.example.com/orders/1' from origin 'https://app.example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  },
  {
    title: 'A message of Firefox',
    text: 'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘https://api.example.com/orders’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).',
  },
  {
    title: 'What curl -i printed',
    text: `curl -i -X OPTIONS https://api.example.com/orders/1 -H 'Origin: https://app.example.com' -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: authorization,content-type'
HTTP/2 204
server: nginx/1.26.2
access-control-allow-origin: *
access-control-allow-methods: GET, POST, PUT
access-control-allow-headers: content-type
vary: origin`,
  },
  {
    title: 'Headers of the network panel',
    text: `Request URL: https://api.example.com/orders
Request Method: POST
Status Code: 200 OK
Response Headers
access-control-allow-origin: https://www.example.com
content-type: application/json
x-powered-by: Express
Request Headers
content-type: text/plain
origin: https://app.example.com`,
  },
  {
    title: 'A call in code',
    text: `fetch('https://api.example.com/orders/1', {
  method: 'DELETE',
  headers: { Authorization: \`Bearer \${token}\` },
  credentials: 'include',
  referrer: 'https://app.example.com/',
});`,
  },
  {
    title: 'What only looks like CORS',
    text: 'GET https://localhost:3000/orders net::ERR_CONNECTION_REFUSED\nUncaught (in promise) TypeError: Failed to fetch',
  },
];
