-- The history as people read it. An operation may be taken back, the taking back again, and so on: it stands when the chain of
-- whole reverts that begins at it has an even length. Only the newest revert of each counts: another one is refused while it stands.
CREATE TEMP VIEW operation_record AS
SELECT
    o.id, o.at, o.actor, o.source, o.name, o.params,
    (SELECT count(*) FROM change_log AS c WHERE c.operation_id = o.id) AS changes,
    o.reverts_id AS reverts,
    o.reverts_return_id AS reverts_return,
    CASE (
        WITH RECURSIVE chain (id, length) AS (
            SELECT o.id, 0
            UNION ALL
            SELECT
                (SELECT max(r.id) FROM operation AS r WHERE r.reverts_id = chain.id AND r.reverts_return_id IS NULL),
                chain.length + 1
            FROM chain WHERE chain.id IS NOT NULL
        )
        SELECT max(chain.length) % 2 FROM chain WHERE chain.id IS NOT NULL
    )
        WHEN 1 THEN (SELECT max(r.id) FROM operation AS r WHERE r.reverts_id = o.id AND r.reverts_return_id IS NULL)
    END AS reverted_by
FROM operation AS o;
