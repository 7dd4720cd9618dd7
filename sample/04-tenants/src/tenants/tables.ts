/** The channel on which the database announces whose origins were changed. */
export const ORIGINS_CHANGED = 'tenant_origins_changed';

/**
 * The tables, made where they are missing. Instances that start together wait for each other: two
 * `CREATE TABLE IF NOT EXISTS` at once may fail.
 *
 * The trigger sends `NOTIFY` in the transaction of the change, whoever makes it, `psql` included:
 * it is delivered when, and only when, the change is committed, and once per tenant.
 */
export const TABLES = `
BEGIN;
SELECT pg_advisory_xact_lock(hashtext('${ORIGINS_CHANGED}'));

CREATE TABLE IF NOT EXISTS tenants (name text PRIMARY KEY);
CREATE TABLE IF NOT EXISTS tenant_origins (
  tenant text NOT NULL REFERENCES tenants ON DELETE CASCADE,
  origin text NOT NULL,
  PRIMARY KEY (tenant, origin)
);

CREATE OR REPLACE FUNCTION tell_origins_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM pg_notify('${ORIGINS_CHANGED}', OLD.tenant); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM pg_notify('${ORIGINS_CHANGED}', NEW.tenant); END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER tell_origins_changed AFTER INSERT OR UPDATE OR DELETE ON tenant_origins
  FOR EACH ROW EXECUTE FUNCTION tell_origins_changed();

WITH added AS (
  INSERT INTO tenants SELECT unnest(ARRAY['acme', 'globex']) WHERE NOT EXISTS (SELECT FROM tenants)
  RETURNING name
)
INSERT INTO tenant_origins SELECT name, 'https://app.' || name || '.example' FROM added;
COMMIT;
`;
