/* doctoring.h: `rehearse doctor`: whether packs, scenarios, practice log and LLM are well, a line
 * of each, with what to do where they are not. */
#ifndef EDGE_DOCTORING_H
#define EDGE_DOCTORING_H

#include "edge/options.h"
#include "edge/out.h"

struct doctoring_request {
	bool plain;
	struct slice consent; /* --consent HOST; or empty */
};

/* Sends one short question to the LLM that is set, if it may: consent was given before, by
 * `consent`, or is given at the terminal; it is kept in the practice log. STATUS_FINDINGS when
 * something is not well, STATUS_TROUBLE when packs or log cannot be used at all. */
enum status doctoring_run(const struct options *options, const struct doctoring_request *request);

#endif
