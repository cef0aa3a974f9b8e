/* simulating.h: `rehearse simulate`: mentors of several styles play a scenario, by the thousand, on
 * all processors. What comes out depends on scenario, rules, styles and seed, not on how many
 * processors there are. */
#ifndef EDGE_SIMULATING_H
#define EDGE_SIMULATING_H

#include "edge/library.h"
#include "engine/simulate.h"
#include "engine/tally.h"

#define SIMULATING_RUNS 1000u
#define SIMULATING_TURNS 30u /* the bell of most scenarios rings before */

/* The styles that take part, in the order of tables: those that should end well first. */
struct styles {
	struct arena arena;
	struct mentor_file **files;
	const struct mentor **items;
	size_t count;
};

/* Loads the library's styles (the last root's of an id wins), or those named in `only` (a comma
 * between). Needs the rules. What is wrong goes to standard error; false then, with the status that
 * goes with it. styles_release in any case. */
bool styles_load(struct library *library, struct slice only, struct styles *out,
                 enum status *status);
void styles_release(struct styles *styles);

/* The `number`th conversation of all is held by style number % styles.count. */
struct simulating {
	struct library *library; /* its rules are sound */
	const struct library_scenario *scenario;
	const struct styles *styles;
	uint64_t runs;
	uint64_t seed;
	uint32_t turns;
};

/* Holds them all; `scenario` is the one loaded, for places. tally_free it. */
struct tally *simulating_run(const struct simulating *simulating, const struct scenario *scenario);
/* Holds one of them once more. `stage` was made from the library's detector. */
struct session *simulating_again(const struct simulating *simulating, struct stage *stage,
                                 uint64_t number);
uint64_t simulating_seed(const struct simulating *simulating, uint64_t number);

/* What `rehearse simulate` was asked. */
struct simulating_request {
	struct slice scenario; /* as named */
	struct slice style; /* empty: all */
	uint64_t runs;
	uint64_t seed;
	uint32_t turns;
	struct slice repro; /* empty: tell about all */
	bool json;
	bool full;
	bool plain;
};

/* The command: tells what came out on standard output. */
enum status simulating_command(struct library *library, const struct simulating_request *request);

/* simulating_report.c: the figures for people, and for programs. */
void simulating_text(const struct tally *tally, const struct simulating *simulating, bool full,
                     bool plain, struct strbuf *out);
void simulating_json(const struct tally *tally, const struct simulating *simulating,
                     struct strbuf *out);

#endif
