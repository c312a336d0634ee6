-- Runs on PostgreSQL and on H2 in PostgreSQL mode.
CREATE TABLE orders (
  order_id     VARCHAR(64)              NOT NULL PRIMARY KEY,
  message_id   VARCHAR(64)              NOT NULL,
  customer_id  VARCHAR(64)              NOT NULL,
  total_amount NUMERIC(14, 2)           NOT NULL,
  created_at   TIMESTAMP WITH TIME ZONE NOT NULL,
  -- created_at again, but NULL until JetStream has acknowledged the order's event
  accepted_at  TIMESTAMP WITH TIME ZONE
);

CREATE INDEX orders_created_at ON orders (created_at);

-- What was learnt about orders has tables of its own: whoever writes one never waits for another.
CREATE TABLE order_payment (
  order_id   VARCHAR(64)              NOT NULL PRIMARY KEY,
  status     VARCHAR(16)              NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT order_payment_status CHECK (status IN ('PAID', 'FAILED'))
);

CREATE TABLE order_inventory (
  order_id   VARCHAR(64)              NOT NULL PRIMARY KEY,
  status     VARCHAR(16)              NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT order_inventory_status CHECK (status IN ('RESERVED', 'OUT_OF_STOCK'))
);

-- The accepted orders. What was learnt about an order proves that its own event is in the stream,
-- also when the intake gave up waiting for the acknowledgement.
CREATE VIEW order_state AS
SELECT orders.order_id, message_id, customer_id, total_amount,
  COALESCE(order_payment.status, 'PENDING') AS payment_status,
  COALESCE(order_inventory.status, 'PENDING') AS inventory_status,
  orders.created_at AS accepted_at,
  GREATEST(orders.created_at, COALESCE(order_payment.created_at, orders.created_at),
    COALESCE(order_inventory.created_at, orders.created_at)) AS updated_at
FROM orders
LEFT JOIN order_payment ON order_payment.order_id = orders.order_id
LEFT JOIN order_inventory ON order_inventory.order_id = orders.order_id
WHERE orders.accepted_at IS NOT NULL OR order_payment.order_id IS NOT NULL OR order_inventory.order_id IS NOT NULL;
