/**
 * The public suffixes that have a name to their right which is none, such as `s3.amazonaws.com`, as
 * `tldts` knows them: it can say whether a name is a suffix, and not what is below it. Labels from the
 * right to the left, those before a label in parentheses; one without is a suffix, as is one with `!`.
 * A test compares this with its list.
 */
const SUFFIXES = `
app(evervault(relay) railway(up)) at(funkfeuer(wien) ortsinfo(ex kunden)) au(com(cloudlets(mel)))
aws(on(af-south-1(airflow lambda-url transfer-webapp) ap-east-1(airflow lambda-url transfer-webapp)
ap-east-2(transfer-webapp) ap-northeast-1(airflow lambda-url transfer-webapp) ap-northeast-2(airflow
lambda-url transfer-webapp) ap-northeast-3(airflow lambda-url transfer-webapp) ap-south-1(airflow
lambda-url transfer-webapp) ap-south-2(airflow transfer-webapp) ap-southeast-1(airflow lambda-url
transfer-webapp) ap-southeast-2(airflow lambda-url transfer-webapp) ap-southeast-3(airflow
lambda-url transfer-webapp) ap-southeast-4(airflow transfer-webapp) ap-southeast-5(airflow
transfer-webapp) ap-southeast-6(transfer-webapp) ap-southeast-7(airflow transfer-webapp)
ca-central-1(airflow lambda-url transfer-webapp) ca-west-1(airflow transfer-webapp)
eu-central-1(airflow lambda-url transfer-webapp) eu-central-2(airflow transfer-webapp)
eu-north-1(airflow lambda-url transfer-webapp) eu-south-1(airflow lambda-url transfer-webapp)
eu-south-2(airflow transfer-webapp) eu-west-1(airflow lambda-url transfer-webapp) eu-west-2(airflow
lambda-url transfer-webapp) eu-west-3(airflow lambda-url transfer-webapp) il-central-1(airflow
transfer-webapp) me-central-1(airflow transfer-webapp) me-south-1(airflow lambda-url
transfer-webapp) mx-central-1(transfer-webapp) sa-east-1(airflow lambda-url transfer-webapp)
us-east-1(airflow lambda-url transfer-webapp) us-east-2(airflow lambda-url transfer-webapp)
us-gov-east-1(transfer-webapp transfer-webapp-fips) us-gov-west-1(transfer-webapp
transfer-webapp-fips) us-west-1(airflow lambda-url transfer-webapp) us-west-2(airflow lambda-url
transfer-webapp)) repost(private) sagemaker(af-south-1(notebook studio) ap-east-1(notebook studio)
ap-northeast-1(labeling notebook studio) ap-northeast-2(labeling notebook studio)
ap-northeast-3(notebook studio) ap-south-1(labeling notebook studio) ap-south-2(notebook)
ap-southeast-1(labeling notebook studio) ap-southeast-2(labeling notebook studio)
ap-southeast-3(notebook studio) ap-southeast-4(notebook) ca-central-1(labeling notebook
notebook-fips studio) ca-west-1(notebook notebook-fips) eu-central-1(labeling notebook studio)
eu-central-2(notebook studio) eu-north-1(notebook studio) eu-south-1(notebook studio)
eu-south-2(notebook studio) eu-west-1(labeling notebook studio) eu-west-2(labeling notebook studio)
eu-west-3(notebook studio) experiments il-central-1(notebook studio) me-central-1(notebook studio)
me-south-1(notebook studio) sa-east-1(notebook studio) us-east-1(labeling notebook notebook-fips
studio) us-east-2(labeling notebook notebook-fips studio) us-gov-east-1(notebook notebook-fips
studio studio-fips) us-gov-west-1(notebook notebook-fips studio studio-fips) us-west-1(notebook
notebook-fips studio) us-west-2(labeling notebook notebook-fips studio))) ba(brendly(shop))
be(interhostsolutions(cloud) kuleuven(ezproxy)) bot(grok(apps pages)) camp(emf(at)) casa(nabu(ui))
cc(spawn(instances)) ch(cloudscale(cust lpg(objects) rma(objects)) flow(ae(alp1) appengine)
objectstorage(lpg rma)) cloud(axarnet(es-1) encoway(eu) jelastic(vip) jenv-aruba(aruba(eur(it1))
it1) k2(elastic ru-msk(lb s3 website) ru-spb(lb s3 website) s3 website) onstackit(runs) reclaim(ca
uk us) scw(baremetal(fr-par-1 fr-par-2 nl-ams-1) fr-par(cockpit ddl dtwh fnc!(functions) ifr
k8s!(nodes) kafk mgdb rdb s3 s3-website scbl whm) instances(priv pub) k8s nl-ams(cockpit ddl dtwh
ifr k8s!(nodes) kafk mgdb rdb s3 s3-website scbl whm) pl-waw(cockpit ddl dtwh ifr k8s!(nodes) kafk
mgdb rdb s3 s3-website scbl) scalebook smartlabeling) trendhosting(ch de)) cn(canvasite(my)
com(amazonaws(airflow(cn-north-1 cn-northwest-1) cn-north-1(dualstack(s3 s3-accesspoint s3-website)
emrappui-prod emrnotebooks-prod emrstudio-prod execute-api rds s3 s3-accesspoint s3-deprecated
s3-object-lambda s3-website) cn-northwest-1(dualstack(s3 s3-accesspoint) emrappui-prod
emrnotebooks-prod emrstudio-prod execute-api rds s3 s3-accesspoint s3-object-lambda s3-website)
compute eb(cn-north-1 cn-northwest-1) elb) amazonwebservices(on(cn-north-1(airflow transfer-webapp)
cn-northwest-1(airflow transfer-webapp))) sagemaker(cn-north-1(notebook studio)
cn-northwest-1(notebook studio))) quickconnect(direct)) co(rdpa(clusters srvrless))
com(amazonaws(af-south-1(aws-cloud9(webview-assets) cloud9(vfs webview-assets) dualstack(s3
s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3
s3-accesspoint s3-object-lambda s3-website) airflow(af-south-1 ap-east-1 ap-northeast-1
ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3
ap-southeast-4 ap-southeast-5 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2
eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1
sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2) ap-east-1(aws-cloud9(webview-assets) cloud9(vfs
webview-assets) dualstack(s3 s3-accesspoint) emrappui-prod emrnotebooks-prod emrstudio-prod
execute-api s3 s3-accesspoint s3-object-lambda s3-website) ap-northeast-1(analytics-gateway
aws-cloud9(webview-assets) bedrock-agentcore(consent-portal) cloud9(vfs webview-assets) dualstack(s3
s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3
s3-accesspoint s3-object-lambda s3-website) ap-northeast-2(analytics-gateway
aws-cloud9(webview-assets) bedrock-agentcore(consent-portal) cloud9(vfs webview-assets) dualstack(s3
s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3
s3-accesspoint s3-object-lambda s3-website) ap-northeast-3(aws-cloud9(webview-assets) cloud9(vfs
webview-assets) dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
ap-south-1(analytics-gateway aws-cloud9(webview-assets) bedrock-agentcore(consent-portal) cloud9(vfs
webview-assets) dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
ap-south-2(bedrock-agentcore(consent-portal) dualstack(s3 s3-accesspoint s3-website) emrappui-prod
emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
ap-southeast-1(analytics-gateway aws-cloud9(webview-assets) bedrock-agentcore(consent-portal)
cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
ap-southeast-2(analytics-gateway aws-cloud9(webview-assets) bedrock-agentcore(consent-portal)
cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
ap-southeast-3(dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
ap-southeast-4(dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
ap-southeast-5(bedrock-agentcore(consent-portal) dualstack(s3 s3-accesspoint s3-website) execute-api
s3 s3-accesspoint s3-deprecated s3-object-lambda s3-website)
ap-southeast-7(bedrock-agentcore(consent-portal)) ca-central-1(aws-cloud9(webview-assets)
bedrock-agentcore(consent-portal) cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint
s3-accesspoint-fips s3-fips s3-website) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api
s3 s3-accesspoint s3-accesspoint-fips s3-fips s3-object-lambda s3-website) ca-west-1(dualstack(s3
s3-accesspoint s3-accesspoint-fips s3-fips s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-accesspoint-fips s3-fips s3-object-lambda
s3-website) compute compute-1 elb eu-central-1(analytics-gateway aws-cloud9(webview-assets)
bedrock-agentcore(consent-portal) cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint s3-website)
emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda
s3-website) eu-central-2(dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
eu-north-1(aws-cloud9(webview-assets) bedrock-agentcore(consent-portal) cloud9(vfs webview-assets)
dualstack(s3 s3-accesspoint) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3
s3-accesspoint s3-object-lambda s3-website) eu-south-1(aws-cloud9(webview-assets)
bedrock-agentcore(consent-portal) cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint s3-website)
emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda
s3-website) eu-south-2(bedrock-agentcore(consent-portal) dualstack(s3 s3-accesspoint s3-website)
emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda
s3-website) eu-west-1(analytics-gateway aws-cloud9(webview-assets) bedrock-agentcore(consent-portal)
cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-deprecated s3-object-lambda s3-website)
eu-west-2(aws-cloud9(webview-assets) bedrock-agentcore(consent-portal) cloud9(vfs webview-assets)
dualstack(s3 s3-accesspoint) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3
s3-accesspoint s3-object-lambda s3-website) eu-west-3(aws-cloud9(webview-assets)
bedrock-agentcore(consent-portal) cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint s3-website)
emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda
s3-website) il-central-1(aws-cloud9(webview-assets) cloud9(vfs) dualstack(s3 s3-accesspoint
s3-website) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint
s3-object-lambda s3-website) me-central-1(dualstack(s3 s3-accesspoint s3-website) emrappui-prod
emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
me-south-1(aws-cloud9(webview-assets) cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint)
emrappui-prod emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda
s3-website) rds(af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3
ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5
ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-west-1 eu-west-2
eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2
us-gov-east-1 us-gov-west-1 us-northeast-1 us-west-1 us-west-2) s3 s3-1 s3-ap-east-1
s3-ap-northeast-1 s3-ap-northeast-2 s3-ap-northeast-3 s3-ap-south-1 s3-ap-southeast-1
s3-ap-southeast-2 s3-ca-central-1 s3-eu-central-1 s3-eu-north-1 s3-eu-west-1 s3-eu-west-2
s3-eu-west-3 s3-external-1 s3-fips-us-gov-east-1 s3-fips-us-gov-west-1 s3-global(accesspoint(mrap))
s3-me-south-1 s3-sa-east-1 s3-us-east-2 s3-us-gov-east-1 s3-us-gov-west-1 s3-us-west-1 s3-us-west-2
s3-website-ap-northeast-1 s3-website-ap-southeast-1 s3-website-ap-southeast-2 s3-website-eu-west-1
s3-website-sa-east-1 s3-website-us-east-1 s3-website-us-gov-west-1 s3-website-us-west-1
s3-website-us-west-2 sa-east-1(aws-cloud9(webview-assets) bedrock-agentcore(consent-portal)
cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-object-lambda s3-website)
us-east-1!(analytics-gateway aws-cloud9(webview-assets) bedrock-agentcore(consent-portal) cloud9(vfs
webview-assets) dualstack(s3 s3-accesspoint s3-accesspoint-fips s3-fips s3-website) emrappui-prod
emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-accesspoint-fips s3-deprecated
s3-fips s3-object-lambda s3-website) us-east-2(analytics-gateway aws-cloud9(webview-assets)
bedrock-agentcore(consent-portal) cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint
s3-accesspoint-fips s3-fips s3-website) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api
s3 s3-accesspoint s3-accesspoint-fips s3-deprecated s3-fips s3-object-lambda s3-website)
us-gov-east-1(dualstack(s3 s3-accesspoint s3-accesspoint-fips s3-fips s3-website) emrappui-prod
emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-accesspoint-fips s3-fips
s3-object-lambda s3-website) us-gov-west-1(bedrock-agentcore(consent-portal) dualstack(s3
s3-accesspoint s3-accesspoint-fips s3-fips s3-website) emrappui-prod emrnotebooks-prod
emrstudio-prod execute-api s3 s3-accesspoint s3-accesspoint-fips s3-fips s3-object-lambda
s3-website) us-west-1(aws-cloud9(webview-assets) bedrock-agentcore(consent-portal) cloud9(vfs
webview-assets) dualstack(s3 s3-accesspoint s3-accesspoint-fips s3-fips s3-website) emrappui-prod
emrnotebooks-prod emrstudio-prod execute-api s3 s3-accesspoint s3-accesspoint-fips s3-fips
s3-object-lambda s3-website) us-west-2(analytics-gateway aws-cloud9(webview-assets)
bedrock-agentcore(consent-portal) cloud9(vfs webview-assets) dualstack(s3 s3-accesspoint
s3-accesspoint-fips s3-fips s3-website) emrappui-prod emrnotebooks-prod emrstudio-prod execute-api
s3 s3-accesspoint s3-accesspoint-fips s3-deprecated s3-fips s3-object-lambda s3-website))
amazoncognito(af-south-1(auth) ap-east-1(auth) ap-east-2(auth) ap-northeast-1(auth)
ap-northeast-2(auth) ap-northeast-3(auth) ap-south-1(auth) ap-south-2(auth) ap-southeast-1(auth)
ap-southeast-2(auth) ap-southeast-3(auth) ap-southeast-4(auth) ap-southeast-5(auth)
ap-southeast-6(auth) ap-southeast-7(auth) ca-central-1(auth) ca-west-1(auth) eu-central-1(auth)
eu-central-2(auth) eu-north-1(auth) eu-south-1(auth) eu-south-2(auth) eu-west-1(auth)
eu-west-2(auth) eu-west-3(auth) il-central-1(auth) me-central-1(auth) me-south-1(auth)
mx-central-1(auth) sa-east-1(auth) us-east-1(auth auth-fips) us-east-2(auth auth-fips)
us-gov-east-1(auth-fips) us-gov-west-1(auth-fips) us-west-1(auth auth-fips) us-west-2(auth
auth-fips)) amazonlightsail(cs(ap-east-1 ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1
ap-southeast-2 ap-southeast-3 ap-southeast-5 ca-central-1 eu-central-1 eu-north-1 eu-south-2
eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-2)) clever-cloud(services)
code(builder dev-builder stg-builder) databricksapps(aws azure gcp) datadetect(demo instance)
emergentagent(preview) evennode(eu-1 eu-2 eu-3 eu-4 us-1 us-2 us-3 us-4) fbsbx(apps)
fin-ncloudstorage(object(kr!(s3-website)) private(object(kr))) gov-ncloudstorage(kr kr-private
object(kr!(s3-website) krs!(s3-website)) private(object(kr krs))) hosted-by-previder(paas)
hosteur(rag-cloud rag-cloud-ch) ik-server(jcloud jcloud-ver-jpc) jelastic(demo) linode(members
nodebalancer) linodeusercontent(ip) massivegrid(paas) mythic-beasts(caracal customer fentiger lynx
ocelot oncilla onza sphinx vs x yali) ncloud(objectstorage(kr sg)) ncloudstorage(kr kr-naver
kr-naver-dev kr-private object(de!(s3-website) kr!(s3-website) sg!(s3-website) us!(s3-website))
private(object(kr sg)) website(kr kr-naver kr-naver-dev)) ncpstorage(object(jp jp4(jp) jp5(jp) kr
s3-website-jp) private(object(jp jp4(jp) jp5(jp) kr))) nospamproxy(cloud!(o365))
observableusercontent(static) prgmr(xen) project-study(dev) render(app)
salesforce(platform(code-builder-stg(test(001)))) tb-hosting(site) typeform(pro) wafaicloud(jed ryd)
wiardweb(pages)) cy(com(scaleforce(j))) cz(contentproxy9(rsc) metacentrum(cloud custom)
muni(cloud(flt usr))) de(cosidns(dyn) hs-heilbronn(it(pages pages-research))
ruhr-uni-bochum(noc(io)) speedpartner(customer)) dev(crm(aa ab ac ad ae af ci d pa pb pc pd pe pf w
wa wb wc wd we wf) evervault(relay) localcert(user) storage(t3) storageapi(t3)) edu(rit(git-pages))
email(tawk(p) tawkto(p)) eu(amazonwebservices(on(eusc-de-east-1(cognito-idp(auth) transfer-webapp)))
dogado(jelastic)) eus(party(user)) fi(cloudplatform(fi)) gg(ply(at d6)) host(amba(app cdn fn go))
hr(brendly(shop)) io(beebyte(paas) beebyteapp(sekd1) bubble(cdn) dappnode(dyndns) forgerock(id)
lair(apps) nodeart(stage) rb-hosting(site) resinstaging(devices) scrypted(client) thingdust(dev(cust
reservd) disrec(cust reservd) prod(cust) testing(cust reservd))) it(neen(jc)) jp(ne(aseinet(user))
sakurastorage(isk01(s3) isk02(s3)) webaccel(rs user)) link(nftstorage(ipfs) storacha(ipfs)
w3s(ipfs)) me(hooc(seprox) transip(site)) name(her(forgot) his(forgot)) net(atlassian-dev(prod(cdn))
cdn77(r) cloudflareanycast(cdn) cloudflarecn(cdn) cloudflareglobal(cdn) elastx(jls-sto1 jls-sto2
jls-sto3) fastly(freetls map prod(a global) ssl(a b global)) hrsn(vps) massivegrid(paas(fr-1 lon-1
lon-2 ny-1 ny-2 sg-1)) mynetname(sn) ovh(hosting webpaas) saveincloud(jelastic nordeste-idc)
scaleforce(j) srcf(soc user) usgovcloudapi(core(blob file web) servicebus) vps-host(jelastic(atl njs
ric)) windows(core(blob file web) servicebus)) no(akershus(nes) buskerud(nes) hedmark(os valer
xn--vler-qoa) hordaland(os) more-og-romsdal(heroy sande) nordland(bo heroy xn--b-5ga xn--hery-ira)
ostfold(valer) telemark(bo xn--b-5ga) vestfold(sande) xn--mre-og-romsdal-qqb(sande xn--hery-ira)
xn--stfold-9xa(xn--vler-qoa)) org(cdn77(c rsc) cdn77-secure(origin(ssl)) fedoraproject(cloud os(app)
stg(os(app))) teckids(s3)) rs(brendly(shop)) ru(cldmail(hb)) sh(platform(ent eu us)) site(canva(my))
to(quickconnect(direct)) tools(addr(dyn)) uk(co(layershift(j) retrosnub(cust)))
us(databricksapps(aws-gov) enscaled(phx))
`;

/**
 * The public suffixes below a name that is not one, the nearest first. They are put together when a name
 * is asked for that may have some: it takes 30 ms of a start.
 */
export function suffixesBelow(
  isSuffix: (host: string) => boolean,
): (host: string) => readonly string[] {
  let byParent: ReadonlyMap<string, readonly string[]> | undefined;
  return (host) => {
    // Nearly every name has a label which is nowhere in them.
    if (host.split('.').some((label) => !SUFFIXES.includes(label))) return [];
    byParent ??= suffixesByParent(isSuffix);
    return byParent.get(host) ?? [];
  };
}

function suffixesByParent(
  isSuffix: (host: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  // `s3.amazonaws.com` says more than one below a region.
  const suffixes = suffixesIn(SUFFIXES).toSorted(
    (a, b) => depthOf(a) - depthOf(b) || a.length - b.length,
  );
  for (const suffix of suffixes) {
    for (let dot = suffix.indexOf('.'); dot !== -1; dot = suffix.indexOf('.', dot + 1)) {
      const parent = suffix.slice(dot + 1);
      const below = found.get(parent);
      if (below !== undefined) below.push(suffix);
      else if (!isSuffix(parent)) found.set(parent, [suffix]);
    }
  }
  return found;
}

function suffixesIn(text: string): string[] {
  const suffixes: string[] = [];
  const parents: string[] = [];
  for (const [, label = '', mark = '', opening = '', closing = ''] of text.matchAll(LABEL)) {
    const name = [label, ...parents.toReversed()].join('.');
    if (opening === '' || mark !== '') suffixes.push(name);
    if (opening !== '') parents.push(label);
    parents.length -= closing.length;
  }
  return suffixes;
}

const LABEL = /([a-z\d-]+)(!?)(\(?)(\)*)/g;

function depthOf(host: string): number {
  return host.split('.').length;
}
