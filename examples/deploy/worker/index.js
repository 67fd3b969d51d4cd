// A mail Worker that keeps what it gets: who wrote to whom and when in a D1 table, the mail itself in an R2 bucket. It forwards nothing.
// No build step: this file is what is deployed.
//
//   env.DB           D1 database with the tables of migrations/
//   env.MAIL_BUCKET  R2 bucket
//   env.KEEP_DAYS    after how many days a mail is deleted; 30 where it is missing or no number

const DAY = 24 * 60 * 60 * 1000;
// D1 takes a hundred parameters a statement, R2 a thousand keys a call.
const BATCH = 100;
const MOST_BATCHES = 20;
const LONGEST_TEXT = 500;

export default {
  // Cloudflare hands a mail over. What is thrown here fails the delivery.
  async email(message, env) {
    const id = crypto.randomUUID();
    // R2 takes only a stream whose length it knows, and that of a mail is none. A mail has 25 MiB at most.
    const raw = await new Response(message.raw).arrayBuffer();
    await env.MAIL_BUCKET.put(key(id), raw, { httpMetadata: { contentType: 'message/rfc822' } });
    try {
      await env.DB.prepare(
        'INSERT INTO mails (id, sender, recipient, received_at, subject, size) VALUES (?, ?, ?, ?, ?, ?)',
      )
        .bind(id, cut(message.from), cut(message.to), Date.now(), cut(message.headers.get('subject')), raw.byteLength)
        .run();
    } catch (e) {
      // Nothing would ever find an object that no row names.
      await env.MAIL_BUCKET.delete(key(id));
      throw e;
    }
  },

  // Only tells whether it works. Nothing of the mails is given out.
  async fetch(request, env) {
    if (new URL(request.url).pathname !== '/health') {
      return answer(404, { ok: false });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answer(405, { ok: false });
    }
    try {
      // The newest column and the bucket: a version that came before its migration does not pass.
      await env.DB.prepare('SELECT size FROM mails LIMIT 1').first();
      await env.MAIL_BUCKET.head('health');
      return answer(200, { ok: true });
    } catch (e) {
      console.error('not healthy', e);
      return answer(503, { ok: false });
    }
  },

  // By the clock: deletes what is older than KEEP_DAYS.
  async scheduled(controller, env) {
    const before = controller.scheduledTime - keepDays(env) * DAY;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const { results } = await env.DB.prepare(
        'SELECT id FROM mails WHERE received_at < ? ORDER BY received_at LIMIT ?',
      )
        .bind(before, BATCH)
        .all();
      if (results.length === 0) {
        return;
      }
      const ids = results.map((mail) => mail.id);
      // The objects first: where that fails, the rows still name them next time.
      await env.MAIL_BUCKET.delete(ids.map(key));
      await env.DB.prepare(`DELETE FROM mails WHERE id IN (${ids.map(() => '?').join(', ')})`)
        .bind(...ids)
        .run();
    }
  },
};

function key(id) {
  return `mails/${id}.eml`;
}

function keepDays(env) {
  const days = Number(env.KEEP_DAYS);
  return Number.isFinite(days) && days > 0 ? days : 30;
}

function cut(text) {
  return (text ?? '').slice(0, LONGEST_TEXT);
}

function answer(status, body) {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
