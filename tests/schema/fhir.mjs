// What a FHIR R4 bundle of a differential has to be, by hl7.org/fhir/R4 and by our own rules: the
// published validators miss more than half of planted faults such as a report without status.
const kLoinc = 'http://loinc.org';
const kUcum = new Set(['%', '10*9/L', '/100{WBC}', '{cells}']);
const kInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const kUuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The last digit of a LOINC code checks the others: mod 10, every other digit doubled. */
function isLoinc(code) {
  const match = /^(\d{1,7})-(\d)$/.exec(code ?? '');
  if (match === null) return false;
  const digits = [...match[1]].reverse().map(Number);
  const doubled = digits.map((digit, at) => (at % 2 === 0 ? 2 * digit : digit));
  const sum = doubled.reduce((total, value) => total + Math.floor(value / 10) + (value % 10), 0);
  return (10 - (sum % 10)) % 10 === Number(match[2]);
}

function* quantityFaults(quantity, where) {
  if (typeof quantity?.value !== 'number' || quantity.value < 0) yield `${where}: no value`;
  if (quantity?.system !== 'http://unitsofmeasure.org') yield `${where}: unit of no system`;
  if (!kUcum.has(quantity?.code)) yield `${where}: unit ${quantity?.code}`;
}

function* conceptFaults(concept, where) {
  const codings = concept?.coding ?? [];
  if (codings.length === 0 && !concept?.text) yield `${where}: neither code nor words`;
  for (const { system, code } of codings) {
    if (!system?.startsWith('http://')) yield `${where}: code of no system`;
    if (system === kLoinc && !isLoinc(code)) yield `${where}: ${code} is no LOINC code`;
  }
}

function* observationFaults(one, where) {
  const isValued = one.valueQuantity !== undefined;
  if (isValued === (one.dataAbsentReason !== undefined)) yield `${where}: value or reason, one of`;
  if (isValued) yield* quantityFaults(one.valueQuantity, where);
  else yield* conceptFaults(one.dataAbsentReason, where);
  if (isValued && !one.method?.text) yield `${where}: no method`;
  if (!one.note?.some(({ text }) => /not for use in diagnostic/i.test(text))) {
    yield `${where}: no intended use`;
  }
  for (const part of one.component ?? []) {
    yield* conceptFaults(part.code, where);
    yield* quantityFaults(part.valueQuantity, where);
  }
  for (const range of one.referenceRange ?? []) {
    for (const limit of [range.low, range.high]) yield* quantityFaults(limit, where);
    if (!(range.low?.value < range.high?.value)) yield `${where}: range upside down`;
    if (range.low?.code !== one.valueQuantity?.code) yield `${where}: range in another unit`;
  }
  const interpretations = (one.interpretation ?? []).flatMap(({ coding }) => coding);
  if (interpretations.some(({ code }) => code !== 'H' && code !== 'L')) {
    yield `${where}: interpretation`;
  }
}

function* resultFaults(resource, where) {
  if (resource.status !== 'preliminary') yield `${where}: status ${resource.status}`;
  yield* conceptFaults(resource.code, where);
  if (!resource.category?.length) yield `${where}: no category`;
  for (const category of resource.category ?? []) yield* conceptFaults(category, where);
  for (const time of [resource.effectiveDateTime, resource.issued]) {
    if (!kInstant.test(time ?? '')) yield `${where}: time ${time}`;
  }
}

function* referenceFaults(value, known, where) {
  if (typeof value !== 'object' || value === null) return;
  if (typeof value.reference === 'string' && !known.has(value.reference)) {
    yield `${where}: ${value.reference} is not in the bundle`;
  }
  for (const part of Object.values(value)) yield* referenceFaults(part, known, where);
}

/** Sentences about what is wrong; none if nothing is. */
export function* fhirFaults(bundle) {
  if (bundle.resourceType !== 'Bundle' || bundle.type !== 'collection') yield 'no collection';
  if (!kInstant.test(bundle.timestamp ?? '')) yield `time ${bundle.timestamp}`;
  const entries = bundle.entry ?? [];
  const urls = new Set(entries.map(({ fullUrl }) => fullUrl));
  if (urls.size !== entries.length) yield 'two entries have one address';
  const kinds = { DiagnosticReport: 0, Device: 0, Observation: 0 };
  for (const [at, { fullUrl, resource }] of entries.entries()) {
    const where = `entry ${at}, ${resource?.resourceType}`;
    if (!kUuid.test(fullUrl ?? '')) yield `${where}: address ${fullUrl}`;
    if (!Object.hasOwn(kinds, resource?.resourceType)) yield `${where}: has no place here`;
    else kinds[resource.resourceType] += 1;
    if (resource?.resourceType !== 'Device') yield* resultFaults(resource, where);
    if (resource?.resourceType === 'Observation') yield* observationFaults(resource, where);
    yield* referenceFaults(resource, urls, where);
  }
  if (kinds.DiagnosticReport !== 1 || kinds.Device !== 1) yield 'one report and one device';
  const report = entries.find(({ resource }) => resource?.resourceType === 'DiagnosticReport');
  if (report?.resource.result?.length !== kinds.Observation) yield 'observations beside the report';
}
