-- Runs on PostgreSQL and on H2 in PostgreSQL mode.

-- Payment: written when the result is announced.
CREATE TABLE payment (
  message_id VARCHAR(64)              NOT NULL PRIMARY KEY,
  order_id   VARCHAR(64)              NOT NULL,
  amount     NUMERIC(14, 2)           NOT NULL,
  status     VARCHAR(16)              NOT NULL,
  charge_id  VARCHAR(64)              NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT payment_status CHECK (status IN ('PAID', 'FAILED'))
);

-- Inventory: what is left, and which orders had their share of it.
CREATE TABLE stock (
  sku       VARCHAR(64) NOT NULL PRIMARY KEY,
  available BIGINT      NOT NULL,
  CONSTRAINT stock_never_negative CHECK (available >= 0)
);

CREATE TABLE reservation (
  message_id VARCHAR(64)              NOT NULL PRIMARY KEY,
  order_id   VARCHAR(64)              NOT NULL,
  status     VARCHAR(16)              NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT reservation_status CHECK (status IN ('RESERVED', 'OUT_OF_STOCK'))
);
