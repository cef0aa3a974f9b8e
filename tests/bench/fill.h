/* fill.h: a practice log as years of practice leave it, for measuring. */
#ifndef TESTS_BENCH_FILL_H
#define TESTS_BENCH_FILL_H

#include "edge/store_parts.h"
#include "edge/store_progress.h"
#include "load/ruleset.h"

#define FILL_TURNS 12 /* of an attempt */
#define FILL_LINES 4 /* drilled after it */
#define FILL_START 1500000000.0

struct filling {
	struct query session, attempt, event, tally, grade, drill;
	const struct ruleset *ruleset;
	struct slice scenario;
	bool with_events;
	uint64_t state;
};

static double fill_chance(struct filling *fill)
{
	fill->state = fill->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (double)(fill->state >> 11) / 9007199254740992.0;
}

static void fill_tally(struct filling *fill, int64_t attempt, enum tally_kind kind, struct slice id,
                       double value, double of)
{
	query_again(&fill->tally);
	query_put_int(&fill->tally, 1, attempt);
	query_put_text(&fill->tally, 2, slice_of(tally_kind_name(kind)));
	query_put_text(&fill->tally, 3, id);
	query_put_real(&fill->tally, 4, value);
	query_put_real(&fill->tally, 5, of);
	query_row(&fill->tally);
}

static void fill_grade(struct filling *fill, double at, const char *kind, struct slice id,
                       int64_t attempt)
{
	query_again(&fill->grade);
	query_put_real(&fill->grade, 1, at);
	query_put_text(&fill->grade, 2, slice_of(kind));
	query_put_text(&fill->grade, 3, id);
	query_put_int(&fill->grade, 4, fill_chance(fill) < 0.8 ? GRADE_GOOD : GRADE_AGAIN);
	query_put_int(&fill->grade, 5, attempt);
	query_row(&fill->grade);
}

/* About as many figures and grades as a real conversation leaves. */
static void fill_figures(struct filling *fill, int64_t attempt, double at)
{
	static const char *const measures[] = {"turns",    "talk_share", "open_questions", "pauses",
	                                       "cues_met", "tells_told", "hints"};
	const struct ruleset *ruleset = fill->ruleset;

	for (size_t i = 0; i < ruleset->move_count; i++) {
		const struct move *move = ruleset->moves[i];

		if (move->quiet || fill_chance(fill) > 0.3)
			continue;
		fill_tally(fill, attempt, TALLY_MOVE, move->id,
		           (double)(long)(5 * fill_chance(fill)), i % 3 == 0);
		if (i % 3 == 0 && !practice_is_unhelpful(move))
			fill_grade(fill, at, "move", move->id, attempt);
	}
	for (size_t i = 0; i < ruleset->framework_count; i++)
		fill_tally(fill, attempt, TALLY_FRAMEWORK, ruleset->frameworks[i]->id,
		           (double)(long)(3 * fill_chance(fill)), 8);
	for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++)
		fill_tally(fill, attempt, TALLY_MEASURE, slice_of(measures[i]),
		           (double)(long)(40 * fill_chance(fill)), 80);
	for (int i = 0; i < METERS; i++)
		fill_tally(fill, attempt, TALLY_METER, slice_of(meter_name((enum meter)i)), 5, 10);
	fill_tally(fill, attempt, TALLY_SCENARIO, fill->scenario, fill_chance(fill) < 0.5, 1);
	fill_grade(fill, at, "scenario", fill->scenario, attempt);
}

static void fill_events(struct filling *fill, int64_t attempt, double at)
{
	for (int i = 0; i < 2 * FILL_TURNS; i++) {
		query_again(&fill->event);
		query_put_int(&fill->event, 1, attempt);
		query_put_int(&fill->event, 2, i);
		query_put_text(&fill->event, 3, i % 2 ? SLICE("reply") : SLICE("hear"));
		query_put_text(&fill->event, 4,
		               SLICE("What could you try on Thursday that would let you hear from "
		                     "the ones who did not put a hand up on Monday?"));
		query_put_real(&fill->event, 5, at + i * 20);
		query_row(&fill->event);
	}
}

static void fill_session(struct filling *fill, size_t number, double at)
{
	query_again(&fill->session);
	query_put_int(&fill->session, 1, (int64_t)number);
	query_put_text(&fill->session, 2, fill->scenario);
	query_put_real(&fill->session, 3, at);
	query_row(&fill->session);
	query_again(&fill->attempt);
	query_put_int(&fill->attempt, 1, (int64_t)number);
	query_put_real(&fill->attempt, 2, at);
	query_put_real(&fill->attempt, 3, at + 600);
	query_row(&fill->attempt);
	if (fill->with_events)
		fill_events(fill, (int64_t)number, at);
	fill_figures(fill, (int64_t)number, at + 600);
	for (int i = 0; i < FILL_LINES; i++) {
		query_again(&fill->drill);
		query_put_real(&fill->drill, 1, at + 700 + i * 30);
		query_put_text(&fill->drill, 2,
		               fill->ruleset->moves[(number + (size_t)i) % 20]->id);
		query_put_int(&fill->drill, 3, fill_chance(fill) < 0.7);
		query_row(&fill->drill);
	}
}

/* `sessions` sessions of one attempt each and a drill of FILL_LINES lines, two days apart, always
 * the same ones; with the words that were said, which take the most room, or without. */
static inline bool fill_log(struct store *store, const struct ruleset *ruleset,
                            struct slice scenario, size_t sessions, bool with_events,
                            struct err *err)
{
	struct filling fill = {
	        .ruleset = ruleset, .scenario = scenario, .with_events = with_events, .state = 1};
	bool good = store_begin(store, err);
	struct query *queries[] = {&fill.session, &fill.attempt, &fill.event,
	                           &fill.tally,   &fill.grade,   &fill.drill};
	static const char *const texts[] = {
	        "insert into session (id, scenario, title, name, started)"
	        " values (?1, ?2, 'A scenario', 'Sam', ?3)",
	        "insert into attempt (id, session, number, seed, scenario_hash, rules_hash, "
	        "program,"
	        " started, ended, ending) values (?1, ?1, 1, 1, '', '', '1', ?2, ?3, 'plan')",
	        "insert into event (attempt, seq, kind, text, number, at)"
	        " values (?1, ?2, ?3, ?4, 0, ?5)",
	        "insert into tally (attempt, kind, id, value, of) values (?1, ?2, ?3, ?4, ?5)",
	        "insert into grade (at, kind, item, grade, source, attempt)"
	        " values (?1, ?2, ?3, ?4, 'attempt', ?5)",
	        "insert into drill (at, deck, prompt, move, utterance, hit)"
	        " values (?1, 'deck', 'one', ?2, 'Sounds like a long day.', ?3)"};

	if (!good)
		return false;
	for (size_t i = 0; i < 6; i++)
		query_open(queries[i], store, texts[i]);
	for (size_t i = 0; i < sessions; i++)
		fill_session(&fill, i + 1, FILL_START + (double)i * 2 * SCHEDULE_DAY);
	for (size_t i = 0; i < 6; i++)
		good = query_close(queries[i], err) && good;
	return store_finish(store, good, err) && store_grade_drills(store, err);
}

#endif
