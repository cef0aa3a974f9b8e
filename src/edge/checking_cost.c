/* checking_cost.c: see checking_cost.h. Counts, no seconds: they are the same on every machine. */
#include "edge/checking_cost.h"

#include <inttypes.h>

#include "edge/out.h"

#define DEAREST 20u

struct costing {
	const struct pattern_cost *costs;
	size_t count;
	size_t lines; /* heard */
	uint64_t steps; /* of all patterns */
	uint64_t tried;
	bool (*shown)(const void *context, struct slice path);
	const void *context;
	struct strbuf out;
};

static bool is_shown(const struct costing *costing, const struct pattern_cost *cost)
{
	const struct source *source = cost->pattern->place.source;

	return source && costing->shown(costing->context, source->path);
}

static void add_place(struct costing *costing, const struct pattern *pattern)
{
	struct place place = pattern->place;

	strbuf_addf(&costing->out, "%.*s:%" PRIu32, SLICE_ARGS(place.source->path), place.line);
}

static void add_cost(struct costing *costing, const struct pattern_cost *cost)
{
	add_place(costing, cost->pattern);
	strbuf_addf(&costing->out,
	            ": %.1f%% of the work: %" PRIu64 " steps, tried %" PRIu64
	            " time%s, matched %" PRIu64 "; %s ‘%.*s’%s\n",
	            costing->steps ? 100.0 * (double)cost->steps / (double)costing->steps : 0.0,
	            cost->steps, cost->tried, cost->tried == 1 ? "" : "s", cost->matched,
	            cost->veto ? "unless of" : "match of", SLICE_ARGS(cost->move->id),
	            cost->always && !cost->veto ? ", always tried" : "");
}

static void add_dearest(struct costing *costing)
{
	size_t shown = 0;
	size_t i;

	for (i = 0; i < costing->count && shown < DEAREST; i++) {
		if (!is_shown(costing, &costing->costs[i]) || costing->costs[i].steps == 0)
			continue;
		add_cost(costing, &costing->costs[i]);
		shown++;
	}
	if (shown == 0)
		strbuf_addz(&costing->out, "no pattern of these files was tried\n");
}

/* Vetoes are tried only where a rule matched. */
static void add_always(struct costing *costing)
{
	uint64_t steps = 0;
	size_t count = 0;
	size_t i;

	for (i = 0; i < costing->count; i++) {
		const struct pattern_cost *cost = &costing->costs[i];

		if (!cost->always || cost->veto || !is_shown(costing, cost))
			continue;
		steps += cost->steps;
		count++;
	}
	if (count == 0)
		return;
	strbuf_addf(&costing->out,
	            "%zu pattern%s always tried (%.1f%% of the work): no word must be there for a "
	            "match, so nothing tells beforehand that there is none. Where one is dear, "
	            "see that each alternative holds a word (one ‘\\p{L}+’ beside words loses them "
	            "all), or put a ‘when’ under it that does not ask for echo, which is looked at "
	            "first\n",
	            count, count == 1 ? " is" : "s are",
	            costing->steps ? 100.0 * (double)steps / (double)costing->steps : 0.0);
}

void checking_cost(const struct ruleset *ruleset,
                   bool (*shown)(const void *context, struct slice path), const void *context)
{
	struct detector *detector = detector_new(ruleset, NULL);
	struct costing costing = {.shown = shown, .context = context};
	struct pattern_cost *costs;
	struct arena arena;
	size_t i;

	arena_init(&arena);
	costing.count = detect_cost(detector, &arena, &costs, &costing.lines);
	costing.costs = costs;
	for (i = 0; i < costing.count; i++) {
		costing.steps += costs[i].steps;
		costing.tried += costs[i].tried;
	}
	strbuf_addf(&costing.out,
	            "%zu test lines of all packs heard: %" PRIu64 " searches, %" PRIu64
	            " steps; the dearest patterns:\n",
	            costing.lines, costing.tried, costing.steps);
	add_dearest(&costing);
	add_always(&costing);
	out_put(strbuf_slice(&costing.out));
	strbuf_release(&costing.out);
	detector_free(detector);
	arena_release(&arena);
}
