-- Runs on PostgreSQL and on H2 in PostgreSQL mode.
CREATE TABLE charge (
  idempotency_key VARCHAR(64)              NOT NULL PRIMARY KEY,
  charge_id       VARCHAR(64)              NOT NULL,
  order_id        VARCHAR(64)              NOT NULL,
  amount          NUMERIC(14, 2)           NOT NULL,
  outcome         VARCHAR(16)              NOT NULL,
  created_at      TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT charge_outcome CHECK (outcome IN ('APPROVED', 'DECLINED'))
);
