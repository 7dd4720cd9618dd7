import { doubleQuotedList as list, isOpen, type ServerKind, type Setting } from './server.js';

/** An HTTP API of API Gateway. */
export const apiGateway: ServerKind = {
  title: 'API Gateway (HTTP API)',
  versions: 'API Gateway v2, AWS CLI 2',
  documentation: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
  isProxy: true,
  signs: [
    { header: 'apigw-requestid', value: /./ },
    { header: 'x-amz-apigw-id', value: /./ },
    { url: /^https?:\/\/[^/]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com/ },
  ],
  change: (setting) => [
    '# It replaces the whole configuration: add your others from `aws apigatewayv2 get-api`. The gateway then',
    '# answers OPTIONS before its authorizers, and replaces the CORS headers of the function.',
    'aws apigatewayv2 update-api --api-id "$API_ID" --cors-configuration \'{',
    `  "AllowOrigins": [${list(originsOf(setting))}],`,
    `  "AllowMethods": [${list(setting.methods)}],`,
    `  "AllowHeaders": [${list(setting.allowedHeaders)}],`,
    `  "AllowCredentials": ${setting.credentials}`,
    "}'",
    '# A REST API has no such setting: add an OPTIONS method with a mock integration, have the function send',
    '# the headers, and add them to the gateway responses DEFAULT_4XX and DEFAULT_5XX.',
  ],
  oneLayer: [
    '# Remove either the CORS configuration of the gateway or the headers that the function returns.',
  ],
};

/** The same gateway, from a template. */
export const sam: ServerKind = {
  title: 'AWS SAM',
  versions: 'Transform AWS::Serverless-2016-10-31',
  documentation:
    'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html',
  change: (setting) => [
    '# template.yaml: Properties of your AWS::Serverless::HttpApi; its other properties stay',
    'CorsConfiguration:',
    `  AllowOrigins: [${list(originsOf(setting))}] # and your others`,
    `  AllowMethods: [${list(setting.methods)}] # and your others`,
    `  AllowHeaders: [${list(setting.allowedHeaders)}] # and your others`,
    ...(setting.credentials ? ['  AllowCredentials: true'] : []),
    '# An AWS::Serverless::Api (REST) has `Cors` with strings in two pairs of quotes instead, such as',
    `#   AllowOrigin: "'${originsOf(setting)[0] ?? ''}'"`,
    '# Its function sends the headers, too, and its authorizer must not answer OPTIONS:',
    '#   AddDefaultAuthorizerToCorsPreflight: false',
  ],
  oneLayer: ['# Remove either CorsConfiguration or the headers that the function returns.'],
};

/** What S3 takes; it refuses a configuration with any other. */
const S3_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];

/** A bucket. S3 sends `Access-Control-Allow-Credentials` on its own where it names the origin. */
export const s3: ServerKind = {
  title: 'S3',
  versions: 'S3 API 2006-03-01, AWS CLI 2',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html',
  signs: [
    { header: 'server', value: /^AmazonS3$/i },
    { url: /^https?:\/\/(?:[^/]+\.)?s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com/ },
  ],
  change: (setting) => [
    '# It replaces all rules of the bucket: add your others from `aws s3api get-bucket-cors`.',
    'aws s3api put-bucket-cors --bucket "$BUCKET" --cors-configuration \'{',
    '  "CORSRules": [{',
    `    "AllowedOrigins": [${list(originsOf(setting))}],`,
    `    "AllowedMethods": [${list(S3_METHODS.filter((method) => setting.methods.includes(method)))}],`,
    `    "AllowedHeaders": [${setting.listsHeaders ? list(setting.allowedHeaders) : '"*"'}]`,
    '  }]',
    "}'",
    '# Credentials are allowed wherever an origin is named. Without `Origin`, S3 sends no `Vary: Origin`:',
    '# load images with `crossorigin` wherever a page uses them.',
  ],
  oneLayer: ['# Remove either the rules of the bucket or the headers that a CDN adds.'],
};

const CLOUDFRONT_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** A response headers policy. */
export const cloudfront: ServerKind = {
  title: 'CloudFront',
  versions: 'CloudFormation, AWS::CloudFront::ResponseHeadersPolicy',
  documentation:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-response-headers.html',
  isProxy: true,
  signs: [
    { header: 'x-amz-cf-id', value: /./ },
    { header: 'via', value: /\(CloudFront\)/ },
    { url: /^https?:\/\/[^/]+\.cloudfront\.net/ },
  ],
  change: (setting) => [
    '# The behaviour needs `ResponseHeadersPolicyId: !Ref CorsPolicy`, and OPTIONS among its allowed methods.',
    '# Your other policies stay; a behaviour has only one.',
    'CorsPolicy:',
    '  Type: AWS::CloudFront::ResponseHeadersPolicy',
    '  Properties:',
    '    ResponseHeadersPolicyConfig:',
    '      Name: cors',
    '      CorsConfig:',
    '        OriginOverride: true # over the headers of the origin',
    `        AccessControlAllowCredentials: ${setting.credentials}`,
    '        AccessControlAllowOrigins:',
    `          Items: [${list(originsOf(setting))}] # and your others`,
    '        AccessControlAllowMethods:',
    `          Items: [${list(CLOUDFRONT_METHODS.filter((method) => setting.methods.includes(method)))}] # and your others`,
    '        AccessControlAllowHeaders:',
    `          Items: [${list(setting.allowedHeaders)}] # and your others`,
  ],
  oneLayer: ['# in CorsConfig of the response headers policy', 'OriginOverride: true'],
};

function originsOf(setting: Setting): readonly string[] {
  return isOpen(setting) ? ['*'] : setting.origins;
}
