/* checking_report.h: findings of `rehearse check` for editors: one JSON object a line. */
#ifndef EDGE_CHECKING_REPORT_H
#define EDGE_CHECKING_REPORT_H

#include "base/diag.h"

/* Appends them in the order of file and line. The hint is what the message says to do: what stands
 * behind its first semicolon. */
void checking_json(const struct diags *diags, struct strbuf *out);

#endif
