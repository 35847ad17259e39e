-- What machines are told until the paper says otherwise: whole stories in feeds, and who gathers
-- texts to train machines with is kept out.

INSERT INTO setting (name, value) VALUES ('feed_text', 'full'), ('crawlers',
'AI2Bot
Amazonbot
anthropic-ai
Applebot-Extended
Bytespider
CCBot
ClaudeBot
cohere-ai
Diffbot
FacebookBot
Google-Extended
GPTBot
ImagesiftBot
Meta-ExternalAgent
Omgilibot
PetalBot
Timpibot
Webzio-Extended
') ON CONFLICT (name) DO NOTHING;
