update booking.bookings
set start_at = $2, end_at = $3, status = $4, reschedule_count = $5, cancelled_by = $6, cancel_reason = $7,
  cancel_notes = $8, cancelled_at = $9, decided_notice_us = $10, refund_outcome = $11, closed_at = $12,
  version = $13
where id = $1
