/* store_progress.c: see store_progress.h.
 *
 * The table `grade` is the record, one row a grade in the order in which they were given; `item`
 * holds what they come to, so that a long log is not read through each time. An item whose grades
 * were removed loses its row by a trigger; the setting below tells when rows of `item` are missing
 * or behind, and then all are made again. */
#include "edge/store_progress.h"

#include <limits.h>
#include <math.h>

#include "edge/store_parts.h"

/* "COUNT LAST" of the grades that are in `item`. */
#define GRADES_TAKEN "progress.grades"
/* The last row of `drill` that was graded. */
#define DRILLS_TAKEN "progress.drills"

static const char *const item_kinds[] = {
        [PRACTICE_MOVE] = "move", [PRACTICE_SCENARIO] = "scenario"};

static const char *const sources[] = {
        [STORE_ATTEMPT] = "attempt", [STORE_MISSED] = "missed", [STORE_DRILL] = "drill"};

static enum store_source source_of(struct slice name)
{
	int source = STORE_DRILL;

	while (source > STORE_ATTEMPT && !slice_is(name, sources[source]))
		source--;
	return (enum store_source)source;
}

/* Items. */

#define ITEM_COLUMNS                                                                               \
	"kind, item, stability, difficulty, last, before_stability, before_difficulty,"            \
	" before_last, first, sum, count, sittings, source"

static void read_item(const struct query *query, struct arena *arena, struct store_item *out)
{
	*out = (struct store_item){
	        .kind = slice_is(query_text(query, 0, arena), item_kinds[PRACTICE_MOVE])
	                        ? PRACTICE_MOVE
	                        : PRACTICE_SCENARIO,
	        .id = query_text(query, 1, arena),
	        .course = {.now = {query_real(query, 2), query_real(query, 3),
	                           query_real(query, 4)},
	                   .before = {query_real(query, 5), query_real(query, 6),
	                              query_real(query, 7)},
	                   .first = query_real(query, 8),
	                   .sum = (uint32_t)query_int(query, 9),
	                   .count = (uint32_t)query_int(query, 10),
	                   .sittings = (uint32_t)query_int(query, 11)},
	        .source = source_of(query_text(query, 12, arena)),
	};
}

static bool write_item(struct store *store, const struct store_item *item, struct err *err)
{
	const struct schedule_course *course = &item->course;
	struct query query;

	query_open(&query, store,
	           "insert or replace into item (" ITEM_COLUMNS ")"
	           " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
	query_put_text(&query, 1, slice_of(item_kinds[item->kind]));
	query_put_text(&query, 2, item->id);
	query_put_real(&query, 3, course->now.stability);
	query_put_real(&query, 4, course->now.difficulty);
	query_put_real(&query, 5, course->now.last);
	query_put_real(&query, 6, course->before.stability);
	query_put_real(&query, 7, course->before.difficulty);
	query_put_real(&query, 8, course->before.last);
	query_put_real(&query, 9, course->first);
	query_put_int(&query, 10, course->sum);
	query_put_int(&query, 11, course->count);
	query_put_int(&query, 12, course->sittings);
	query_put_text(&query, 13, slice_of(sources[item->source]));
	query_row(&query);
	return query_close(&query, err);
}

/* How the grades stand: "COUNT LAST". */
static bool grades_now(struct store *store, struct arena *arena, struct slice *out, struct err *err)
{
	struct query query;

	*out = SLICE("0 0");
	query_open(&query, store, "select count(*), coalesce(max(id), 0) from grade");
	if (query_row(&query))
		*out = slice_format(arena, "%lld %lld", (long long)query_int(&query, 0),
		                    (long long)query_int(&query, 1));
	return query_close(&query, err);
}

static bool items_are_behind(struct store *store, struct arena *arena, bool *behind,
                             struct err *err)
{
	struct slice taken = store_setting(store, SLICE(GRADES_TAKEN), arena);
	struct slice now;

	if (!grades_now(store, arena, &now, err))
		return false;
	*behind = !slice_eq(taken.len ? taken : SLICE("0 0"), now);
	return true;
}

static bool mark_items(struct store *store, struct err *err)
{
	struct arena arena;
	struct slice now;
	bool behind;
	bool good;

	arena_init(&arena);
	good = items_are_behind(store, &arena, &behind, err) &&
	       (!behind || (grades_now(store, &arena, &now, err) &&
	                    store_set(store, SLICE(GRADES_TAKEN), now, err)));
	arena_release(&arena);
	return good;
}

static void take_grade(struct store_item *item, enum schedule_grade grade, double at,
                       enum store_source source)
{
	if (grade < GRADE_AGAIN || grade > GRADE_EASY)
		return;
	schedule_mark(&item->course, grade, at);
	item->source = source;
}

/* All items, from all grades. */
static bool fold_items(struct store *store, struct arena *arena, struct table *items,
                       struct err *err)
{
	struct store_item *item = NULL;
	struct query query;
	struct arena row;

	arena_init(&row);
	query_open(&query, store,
	           "select kind, item, grade, at, source from grade order by kind, item, id");
	while (query_row(&query)) {
		struct slice kind;
		struct slice id;

		arena_clear(&row);
		kind = query_text(&query, 0, &row);
		id = query_text(&query, 1, &row);
		if (!item || !slice_is(kind, item_kinds[item->kind]) || !slice_eq(id, item->id)) {
			item = table_add(arena, items, sizeof(*item));
			item->kind = slice_is(kind, "move") ? PRACTICE_MOVE : PRACTICE_SCENARIO;
			item->id = slice_copy(arena, id);
		}
		take_grade(item, (enum schedule_grade)query_int(&query, 2), query_real(&query, 3),
		           source_of(query_text(&query, 4, &row)));
	}
	arena_release(&row);
	return query_close(&query, err);
}

/* Within a transaction. */
static bool make_items(struct store *store, struct err *err)
{
	struct table items = {0};
	struct arena arena;
	bool good;

	arena_init(&arena);
	good = store_run(store, "delete from item", err) && fold_items(store, &arena, &items, err);
	for (size_t i = 0; good && i < items.count; i++)
		good = write_item(store, &((struct store_item *)items.items)[i], err);
	good = good && mark_items(store, err);
	arena_release(&arena);
	return good;
}

static bool find_item(struct store *store, enum practice_kind kind, struct slice id,
                      struct arena *arena, struct store_item *out, bool *found, struct err *err)
{
	struct query query;

	*out = (struct store_item){.kind = kind, .id = id};
	query_open(&query, store,
	           "select " ITEM_COLUMNS " from item where kind = ?1 and item = ?2");
	query_put_text(&query, 1, slice_of(item_kinds[kind]));
	query_put_text(&query, 2, id);
	*found = query_row(&query);
	if (*found)
		read_item(&query, arena, out);
	return query_close(&query, err);
}

bool store_items(struct store *store, struct arena *arena, struct store_item **items, size_t *count,
                 struct err *err)
{
	struct table found = {0};
	struct query query;
	bool behind;

	*items = NULL;
	*count = 0;
	if (!items_are_behind(store, arena, &behind, err))
		return false;
	if (behind) {
		if (!fold_items(store, arena, &found, err))
			return false;
	} else {
		query_open(&query, store, "select " ITEM_COLUMNS " from item order by kind, item");
		while (query_row(&query))
			read_item(&query, arena,
			          table_add(arena, &found, sizeof(struct store_item)));
		if (!query_close(&query, err))
			return false;
	}
	*items = found.items;
	*count = found.count;
	return true;
}

/* Grades. */

static bool add_grade(struct store *store, enum practice_kind kind, struct slice id,
                      enum schedule_grade grade, double at, enum store_source source,
                      int64_t attempt, struct err *err)
{
	struct store_item item;
	struct query query;
	struct arena arena;
	bool found;
	bool good;

	query_open(&query, store,
	           "insert into grade (at, kind, item, grade, source, attempt)"
	           " values (?1, ?2, ?3, ?4, ?5, ?6)");
	query_put_real(&query, 1, at);
	query_put_text(&query, 2, slice_of(item_kinds[kind]));
	query_put_text(&query, 3, id);
	query_put_int(&query, 4, grade);
	query_put_text(&query, 5, slice_of(sources[source]));
	query_put_id(&query, 6, attempt);
	query_row(&query);
	if (!query_close(&query, err))
		return false;
	arena_init(&arena);
	good = find_item(store, kind, id, &arena, &item, &found, err);
	take_grade(&item, grade, at, source);
	good = good && write_item(store, &item, err);
	arena_release(&arena);
	return good;
}

/* A line that was missed once may still be tried again: it is graded when it is hit or missed
 * twice. */
static bool grade_drills(struct store *store, double until, struct err *err)
{
	struct arena arena;
	struct query query;
	struct slice taken;
	long before = 0;
	long last;
	bool good = true;

	arena_init(&arena);
	taken = store_setting(store, SLICE(DRILLS_TAKEN), &arena);
	slice_int(taken, 0, LONG_MAX, &before);
	last = before;
	query_open(&query, store,
	           "select id, move, hit, tries, at from drill where id > ?1 order by id");
	query_put_int(&query, 1, last);
	while (good && query_row(&query) && query_real(&query, 4) <= until) {
		bool hit = query_int(&query, 2) != 0;
		uint32_t tries = (uint32_t)query_int(&query, 3);

		last = (long)query_int(&query, 0);
		if (hit || tries > 1)
			good = add_grade(store, PRACTICE_MOVE, query_text(&query, 1, &arena),
			                 schedule_drilled(hit, tries), query_real(&query, 4),
			                 STORE_DRILL, 0, err);
	}
	if (good)
		good = query_close(&query, err);
	else
		query_close(&query, &(struct err){0});
	if (good && last != before)
		good = store_set(store, SLICE(DRILLS_TAKEN), slice_format(&arena, "%ld", last),
		                 err);
	arena_release(&arena);
	return good;
}

static bool catch_up(struct store *store, bool *behind, struct err *err)
{
	struct arena arena;
	bool good;

	arena_init(&arena);
	good = items_are_behind(store, &arena, behind, err) && (!*behind || make_items(store, err));
	arena_release(&arena);
	return good;
}

bool store_grade_drills(struct store *store, struct err *err)
{
	struct arena arena;
	struct query query;
	struct slice taken;
	bool behind;
	bool any;
	long last = 0;

	/* Most often there is nothing to do, and then nothing is locked. */
	arena_init(&arena);
	taken = store_setting(store, SLICE(DRILLS_TAKEN), &arena);
	slice_int(taken, 0, LONG_MAX, &last);
	query_open(&query, store, "select 1 from drill where id > ?1 limit 1");
	query_put_int(&query, 1, last);
	any = query_row(&query);
	if (!query_close(&query, err) || !items_are_behind(store, &arena, &behind, err)) {
		arena_release(&arena);
		return false;
	}
	arena_release(&arena);
	if (!any && !behind)
		return true;
	if (!store_begin(store, err))
		return false;
	return store_finish(store,
	                    catch_up(store, &behind, err) && grade_drills(store, INFINITY, err) &&
	                            mark_items(store, err),
	                    err);
}

/* Whether the last conversation of another session that called for the move did not hear it. */
static bool missed_before(struct store *store, const struct store_attempt *attempt,
                          struct slice move, bool *missed, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "select tally.value from tally join attempt on attempt.id = tally.attempt"
	           " where tally.kind = 'move' and tally.id = ?1 and tally.attempt < ?2"
	           " and tally.of > 0 and attempt.session != ?3"
	           " order by tally.attempt desc limit 1");
	query_put_text(&query, 1, move);
	query_put_int(&query, 2, attempt->id);
	query_put_int(&query, 3, attempt->session);
	*missed = query_row(&query) && query_real(&query, 0) <= 0;
	return query_close(&query, err);
}

/* A move is graded once it was called for or drilled: what a mentor happens to do is no task. */
static bool grade_move(struct store *store, const struct store_attempt *attempt, double at,
                       const struct tally *tally, struct err *err)
{
	enum schedule_grade grade;
	struct store_item item;
	struct arena arena;
	bool known = false;
	bool missed = false;
	bool good;

	arena_init(&arena);
	good = find_item(store, PRACTICE_MOVE, tally->id, &arena, &item, &known, err);
	arena_release(&arena);
	if (good && tally->value <= 0)
		good = missed_before(store, attempt, tally->id, &missed, err);
	grade = schedule_used(tally->value > 0, tally->of > 0, missed);
	if (!good || grade == GRADE_NONE || (!known && tally->of <= 0))
		return good;
	return add_grade(store, PRACTICE_MOVE, tally->id, grade, at,
	                 tally->value > 0 ? STORE_ATTEMPT : STORE_MISSED, attempt->id, err);
}

static bool grade(struct store *store, const struct store_attempt *attempt, double at,
                  const struct tally *tally, struct err *err)
{
	enum schedule_grade grade;

	if (tally->kind == TALLY_MOVE)
		return grade_move(store, attempt, at, tally, err);
	if (tally->kind != TALLY_SCENARIO)
		return true;
	grade = schedule_ended(tally->of > 0, tally->value > 0, tally->of > 0, attempt->number);
	return grade == GRADE_NONE || add_grade(store, PRACTICE_SCENARIO, tally->id, grade, at,
	                                        STORE_ATTEMPT, attempt->id, err);
}

/* Tallies. */

static bool run_for(struct store *store, const char *sql, int64_t attempt, struct err *err)
{
	struct query query;

	query_open(&query, store, sql);
	query_put_int(&query, 1, attempt);
	query_row(&query);
	return query_close(&query, err);
}

static bool add_tallies(struct store *store, int64_t attempt, const struct tally *tallies,
                        size_t count, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "insert or replace into tally (attempt, kind, id, value, of)"
	           " values (?1, ?2, ?3, ?4, ?5)");
	for (size_t i = 0; i < count; i++) {
		query_again(&query);
		query_put_int(&query, 1, attempt);
		query_put_text(&query, 2, slice_of(tally_kind_name(tallies[i].kind)));
		query_put_text(&query, 3, tallies[i].id);
		query_put_real(&query, 4, tallies[i].value);
		query_put_real(&query, 5, tallies[i].of);
		query_row(&query);
	}
	return query_close(&query, err);
}

bool store_put_tallies(struct store *store, const struct store_attempt *attempt, double at,
                       const struct tally *tallies, size_t count, struct err *err)
{
	bool behind;
	bool good;

	if (!store_begin(store, err))
		return false;
	good = run_for(store, "delete from grade where attempt = ?1", attempt->id, err) &&
	       run_for(store, "delete from tally where attempt = ?1", attempt->id, err) &&
	       catch_up(store, &behind, err) && grade_drills(store, at, err) &&
	       add_tallies(store, attempt->id, tallies, count, err);
	for (size_t i = 0; good && i < count; i++)
		good = grade(store, attempt, at, &tallies[i], err);
	return store_finish(store, good && mark_items(store, err), err);
}

bool store_clear_grades(struct store *store, struct err *err)
{
	if (!store_begin(store, err))
		return false;
	return store_finish(store,
	                    store_run(store,
	                              "delete from grade; delete from item; delete from setting"
	                              " where key in ('" GRADES_TAKEN "', '" DRILLS_TAKEN "')",
	                              err),
	                    err);
}

/* Of attempts that count. */
#define ENDED                                                                                      \
	" from attempt join session on session.id = attempt.session"                               \
	" where attempt.ended is not null and not session.room"

bool store_uncounted(struct store *store, int64_t *count, struct err *err)
{
	int64_t ended;
	int64_t counted;

	if (!store_number(store, "select count(*)" ENDED, 0, &ended, err) ||
	    !store_number(store,
	                  "select count(*) from tally where kind = 'measure' and id = 'turns'", 0,
	                  &counted, err))
		return false;
	*count = ended > counted ? ended - counted : 0;
	return true;
}

bool store_ended_attempts(struct store *store, bool all, struct arena *arena, int64_t **ids,
                          size_t *count, struct err *err)
{
	struct table found = {0};
	struct query query;

	query_open(&query, store,
	           all ? "select attempt.id" ENDED " order by attempt.id"
	               : "select attempt.id" ENDED " and not exists (select 1 from tally"
	                 " where tally.attempt = attempt.id) order by attempt.id");
	while (query_row(&query))
		*(int64_t *)table_add(arena, &found, sizeof(int64_t)) = query_int(&query, 0);
	*ids = found.items;
	*count = found.count;
	return query_close(&query, err);
}
