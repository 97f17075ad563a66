select csv from portal.import_report_pieces where import_id = $1 and number = $2
