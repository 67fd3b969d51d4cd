export default {
  async fetch(request, env) {
    return new Response(env.APP_ENV);
  },
  async email(message, env) {
    await env.DB.prepare("INSERT INTO mails (sender) VALUES (?)").bind(message.from).run();
  },
  async scheduled() {},
};
