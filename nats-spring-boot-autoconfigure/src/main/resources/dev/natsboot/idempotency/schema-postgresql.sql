CREATE TABLE IF NOT EXISTS nats_idempotency (
	listener VARCHAR(200) NOT NULL,
	message_key VARCHAR(200) NOT NULL,
	handled_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (listener, message_key)
);

CREATE INDEX IF NOT EXISTS nats_idempotency_handled_at ON nats_idempotency (handled_at);
