-- What follows in this transaction sees the same rows.
set transaction isolation level repeatable read
