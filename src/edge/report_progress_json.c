/* report_progress_json.c: see report_progress.h. Times are seconds since the epoch. */
#include "edge/report_progress.h"

static struct json *values(const struct progress *progress, enum tally_kind kind, struct slice id)
{
	const double *all = report_progress_values(progress, kind, id);
	struct json *array = json_array();

	for (size_t i = 0; i < progress->recent_count; i++)
		json_push_int(array, (long)all[i]);
	return array;
}

static void add_time(struct json *object, const char *name, double at)
{
	if (at > 0)
		json_add_int(object, name, (long)at);
	else
		json_add_null(object, name);
}

static void add_trend(struct json *object, const struct progress *progress, enum tally_kind kind,
                      struct slice id)
{
	static const char *const names[] = {
	        [TREND_RISING] = "rising", [TREND_FALLING] = "falling", [TREND_STEADY] = "steady"};
	enum trend trend =
	        practice_trend(report_progress_values(progress, kind, id), progress->recent_count);

	json_add(object, "recent", values(progress, kind, id));
	if (trend == TREND_SHORT)
		json_add_null(object, "trend");
	else
		json_add_text(object, "trend", slice_of(names[trend]));
}

static bool add_best(struct json *object, struct store *store, enum tally_kind kind,
                     struct slice id, bool lowest, struct err *err)
{
	struct tally best;
	bool any;

	if (!store_best(store, kind, id, lowest, &best, &any, err))
		return false;
	if (any)
		json_add_int(object, "best", (long)best.value);
	else
		json_add_null(object, "best");
	return true;
}

static void add_memory(struct json *object, const struct progress *progress,
                       const struct schedule_item *item)
{
	if (item->stability <= 0) {
		json_add_null(object, "last");
		json_add_null(object, "due");
		return;
	}
	add_time(object, "last", item->last);
	add_time(object, "due", schedule_due(item));
	json_add_real(object, "stability", item->stability);
	json_add_real(object, "difficulty", item->difficulty);
	json_add_real(object, "recall", schedule_recall(item, progress->now));
}

static struct json *moves(struct store *store, const struct progress *progress, bool *good,
                          struct err *err)
{
	struct json *array = json_array();
	const struct practice_item *item;
	size_t i;

	for (i = 0; *good && (item = report_progress_item(progress, PRACTICE_MOVE, i)); i++) {
		struct json *object = json_object();

		json_add_text(object, "id", item->id);
		json_add_text(object, "title", progress_title(progress, PRACTICE_MOVE, item->id));
		add_trend(object, progress, TALLY_MOVE, item->id);
		*good = add_best(object, store, TALLY_MOVE, item->id, false, err);
		add_memory(object, progress, &item->state);
		json_push(array, object);
	}
	return array;
}

static struct json *frameworks(struct store *store, const struct progress *progress, bool *good,
                               struct err *err)
{
	const struct ruleset *ruleset = progress->library->ruleset;
	struct json *array = json_array();
	size_t i;

	for (i = 0; *good && i < ruleset->framework_count; i++) {
		const struct framework *framework = ruleset->frameworks[i];
		struct json *object = json_object();
		bool named =
		        framework->kind == FRAMEWORK_GRID || framework->kind == FRAMEWORK_LADDER;

		json_add_text(object, "id", framework->id);
		json_add_text(object, "title", framework->title);
		if (named) {
			struct json *names = json_array();

			for (size_t j = 0; j < progress->recent_count; j++)
				json_push_text(names, report_progress_named(
				                              framework,
				                              progress_tally(&progress->recent[j],
				                                             TALLY_FRAMEWORK,
				                                             framework->id)
				                                      .value,
				                              true));
			json_add(object, "recent", names);
		} else {
			json_add_int(object, "of", (long)framework->item_count);
			add_trend(object, progress, TALLY_FRAMEWORK, framework->id);
			*good = add_best(object, store, TALLY_FRAMEWORK, framework->id,
			                 practice_less_is_better(framework), err);
		}
		json_push(array, object);
	}
	return array;
}

static struct json *measures(const struct progress *progress)
{
	struct json *object = json_object();

	for (size_t i = 0; i < report_measure_count; i++) {
		const struct report_measure *measure = &report_measures[i];
		struct json *array = json_array();

		for (size_t j = 0; j < progress->recent_count; j++) {
			struct tally tally = progress_tally(&progress->recent[j], TALLY_MEASURE,
			                                    slice_of(measure->id));

			json_push_int(array, (long)report_measure_value(measure, &tally));
		}
		json_add(object, measure->share ? "talk_share_percent" : measure->id, array);
	}
	return object;
}

static struct json *scenarios(const struct progress *progress)
{
	struct json *array = json_array();

	for (size_t i = 0; i < progress->played_count; i++) {
		const struct store_played *played = &progress->played[i];
		const struct store_item *item =
		        progress_item(progress, PRACTICE_SCENARIO, played->scenario);
		struct json *object = json_object();

		json_add_text(object, "id", played->scenario);
		json_add_text(object, "title",
		              progress_title(progress, PRACTICE_SCENARIO, played->scenario));
		json_add_int(object, "times", played->times);
		json_add_int(object, "ended", played->ended);
		json_add_int(object, "well", played->well);
		add_time(object, "played", played->last);
		add_memory(object, progress, item ? &item->course.now : &(struct schedule_item){0});
		json_push(array, object);
	}
	return array;
}

static void add_next(struct json *object, const struct progress *progress)
{
	static const char *const reasons[] = {[PRACTICE_DUE] = "due",
	                                      [PRACTICE_MISSED] = "missed",
	                                      [PRACTICE_NEW] = "new",
	                                      [PRACTICE_EARLY] = "early"};
	struct json *next;

	if (!progress->next) {
		json_add_null(object, "next");
		return;
	}
	next = json_object();
	json_add_text(next, "kind",
	              progress->next->kind == PRACTICE_MOVE ? SLICE("move") : SLICE("scenario"));
	json_add_text(next, "id", progress->next->id);
	json_add_text(next, "reason", slice_of(reasons[progress->why]));
	json_add_text(next, "why", progress_why(progress));
	json_add(object, "next", next);
}

struct json *report_json_progress(struct store *store, const struct progress *progress,
                                  struct err *err)
{
	const struct store_totals *totals = &progress->totals;
	struct json *object = json_object();
	bool good = true;

	json_add_text(object, "scheduler", SLICE(SCHEDULE_NAME));
	add_time(object, "now", progress->now);
	json_add_int(object, "conversations", totals->conversations);
	json_add_int(object, "lines", totals->lines);
	json_add_int(object, "hits", totals->hits);
	add_time(object, "first", totals->first);
	add_time(object, "last", totals->last);
	add_next(object, progress);
	json_add(object, "scenarios", scenarios(progress));
	json_add(object, "moves", moves(store, progress, &good, err));
	json_add(object, "frameworks", frameworks(store, progress, &good, err));
	json_add(object, "measures", measures(progress));
	if (good)
		return object;
	json_free(object);
	return NULL;
}
