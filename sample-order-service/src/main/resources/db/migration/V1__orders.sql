-- Runs on PostgreSQL and on H2 in PostgreSQL mode.
CREATE TABLE orders (
  order_id         VARCHAR(64)              NOT NULL PRIMARY KEY,
  message_id       VARCHAR(64)              NOT NULL UNIQUE,
  customer_id      VARCHAR(64)              NOT NULL,
  total_amount     NUMERIC(14, 2)           NOT NULL,
  payment_status   VARCHAR(16)              NOT NULL DEFAULT 'PENDING',
  inventory_status VARCHAR(16)              NOT NULL DEFAULT 'PENDING',
  created_at       TIMESTAMP WITH TIME ZONE NOT NULL,
  -- created_at again, but NULL until JetStream has acknowledged the order's event
  accepted_at      TIMESTAMP WITH TIME ZONE,
  payment_at       TIMESTAMP WITH TIME ZONE,
  inventory_at     TIMESTAMP WITH TIME ZONE,
  updated_at       TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT orders_payment_status CHECK (payment_status IN ('PENDING', 'PAID', 'FAILED')),
  CONSTRAINT orders_inventory_status CHECK (inventory_status IN ('PENDING', 'RESERVED', 'OUT_OF_STOCK'))
);

-- not on accepted_at: what changes with every order should be in no index
CREATE INDEX orders_created_at ON orders (created_at);
