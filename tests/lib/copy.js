// copy.js - agency copy as tests want it: NewsML-G2 with what is named, all else ordinary.
const escape = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** A whole NewsML-G2 item.  `body` is XHTML; times are Dates. */
export function newsml({
  guid = 'urn:newsml:tests.example:20261101:herring',
  version = 1,
  headline = 'Herring fleet back before the gale',
  standfirst = '',
  byline = '',
  person = '',
  body = '<p>All eleven boats were in by noon.</p>',
  created = new Date(Date.now() - 3600_000),
  changed = created,
  embargo,
  status = 'usable',
  signal = '',
  note = '',
  language = 'en',
  subjects = [],       // [{ code: '20000213', name: 'commercial fishing' }]
  keywords = [],
  located = '',        // a place
  picture,             // { href, caption, credit }
} = {}) {
  const subject = ({ code, name }) =>
    `<subject type="cpnat:abstract" qcode="medtop:${code}"><name xml:lang="en">${escape(name)}</name></subject>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="${escape(guid)}" version="${version}"
    standard="NewsML-G2" standardversion="2.35" conformance="power" xml:lang="${language}">
  <catalogRef href="https://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"/>
  <itemMeta>
    <itemClass qcode="ninat:text"/>
    <provider literal="Tests"><name>Tests</name></provider>
    <versionCreated>${changed.toISOString()}</versionCreated>
    <firstCreated>${created.toISOString()}</firstCreated>
    ${embargo ? `<embargoed>${embargo.toISOString()}</embargoed>` : ''}
    <pubStatus qcode="stat:${status}"/>
    ${note ? `<edNote>${escape(note)}</edNote>` : ''}
    ${signal ? `<signal qcode="sig:${signal}"/>` : ''}
  </itemMeta>
  <contentMeta>
    <urgency>4</urgency>
    ${person ? `<creator type="cpnat:person" literal="${escape(person)}"><name>${escape(person)}</name></creator>` : ''}
    ${located ? `<located type="cpnat:geoArea" literal="${escape(located)}"><name>${escape(located)}</name></located>` : ''}
    <language tag="${language}"/>
    ${subjects.map(subject).join('\n    ')}
    <headline>${escape(headline)}</headline>
    ${byline ? `<by>${escape(byline)}</by>` : ''}
    ${standfirst ? `<description role="drol:summary">${escape(standfirst)}</description>` : ''}
    ${keywords.map((k) => `<keyword>${escape(k)}</keyword>`).join('\n    ')}
  </contentMeta>
  <contentSet>
    <inlineXML contenttype="application/xhtml+xml">
      <html xmlns="http://www.w3.org/1999/xhtml"><head><title>${escape(headline)}</title></head>
      <body>${picture ? `<figure><img src="${escape(picture.href)}" alt=""/><figcaption>${escape(picture.caption)}</figcaption></figure>` : ''}${body}</body></html>
    </inlineXML>
  </contentSet>
</newsItem>
`;
}

/** Several items sent as one message. */
export function newsmlMessage(...items) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
  <header><sent>${new Date().toISOString()}</sent><sender>tests.example</sender></header>
  <itemSet>
${items.map((item) => item.replace(/^<\?xml.*\?>\n/, '')).join('')}
  </itemSet>
</newsMessage>
`;
}

/** The order to kill an item: its guid with the next version, cancelled. */
export function newsmlKill({ guid, version, headline = 'KILL' }) {
  return newsml({ guid, version, headline, status: 'canceled', body: '<p>Kill.</p>' });
}

/** A short text with a picture that leads it. */
export function ninjs({ guid, headline, picture }) {
  const now = new Date().toISOString();
  return JSON.stringify({
    standard: { name: 'ninjs', version: '2.1' }, uri: guid, type: 'text', version: '1', firstcreated: now, versioncreated: now,
    pubstatus: 'usable', language: 'en', headlines: [{ role: 'main', contenttype: 'text/plain', value: headline }],
    bodies: [{ role: 'main', contenttype: 'text/html', value: '<p>Words enough to be read.</p>' }],
    associations: [{ name: 'main', uri: `${guid}:picture`, type: 'picture', version: '1', renditions: [{ name: 'original', href: picture, contenttype: 'image/png' }] }],
  });
}
