update portal.imports
set phase = $2, bytes_received = $3, rejected_rows = $4, summary = $5, failure = $6,
    file_name = $7, heard_at = clock_timestamp()
where id = $1
