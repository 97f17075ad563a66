update portal.imports
set bytes_received = $2, phase = $3, rejected_rows = $4, file_name = $5,
    heard_at = clock_timestamp()
where id = $1 and phase in ('receiving', 'storing')
