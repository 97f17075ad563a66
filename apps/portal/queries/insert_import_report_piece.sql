insert into portal.import_report_pieces (import_id, number, csv) values ($1, $2, $3)
