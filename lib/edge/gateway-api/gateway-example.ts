/** What the route is attached to, and the application. */
export function gatewayExample(): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: gateway
spec:
  # Of the implementation: eg (Envoy Gateway), istio, ...
  gatewayClassName: eg
  listeners:
    - name: http
      protocol: HTTP
      port: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: application
spec:
  selector:
    app: application
  ports:
    - port: 3000
`;
}
