/* verdicts.h: `rehearse eval --verdicts`: verdicts on whole conversations, against people's. */
#ifndef EDGE_VERDICTS_H
#define EDGE_VERDICTS_H

#include "edge/out.h"
#include "engine/detect.h"

/* `gold`: the text of the coded turns at `path`; `verdicts`: the path of the verdicts, one object a
 * conversation. Frameworks that no pack has are named, and left out. */
enum status verdicts_run(struct detector *detector, struct slice path, struct slice gold,
                         struct slice verdicts, bool json);

#endif
