/* report_graph.h: the beats of a scenario and the ways between them, for whoever writes one. */
#ifndef EDGE_REPORT_GRAPH_H
#define EDGE_REPORT_GRAPH_H

#include "edge/page.h"
#include "load/scenario.h"

/* Each beat with the replies that lead out of it, what leads on from anywhere, and how it may end;
 * says of a beat that nothing leads there. */
void report_graph(struct page *page, const struct scenario *scenario);
/* The same for Graphviz: a `digraph`. */
void report_graph_dot(const struct scenario *scenario, struct strbuf *out);

#endif
