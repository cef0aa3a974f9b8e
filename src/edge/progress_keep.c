/* progress_keep.c: puts what conversations came to into the practice log. */
#include "base/limits.h"
#include "edge/progress.h"

/* The moves of "open_question,paraphrase" that there are. */
static const struct move **moves_of(const struct ruleset *ruleset, struct slice ids,
                                    struct arena *arena, size_t *count)
{
	const struct move **moves = ARENA_ARRAY(arena, const struct move *, ids.len / 2 + 1);
	struct slice id;

	*count = 0;
	while (slice_cut(&ids, ',', &id)) {
		const struct move *move = ruleset_move(ruleset, slice_trim(id));

		if (move)
			moves[(*count)++] = move;
	}
	return moves;
}

bool progress_keep(struct store *store, const struct store_attempt *attempt,
                   const struct debrief *debrief, double at, struct err *err)
{
	struct arena arena;
	struct tally *tallies;
	const struct move **chose;
	size_t chosen;
	size_t count;
	bool good;

	arena_init(&arena);
	chose = moves_of(session_ruleset(debrief->session), attempt->focus, &arena, &chosen);
	tallies = practice_tallies(debrief, chose, chosen, &arena, &count);
	good = store_put_tallies(store, attempt, at, tallies, count, err);
	arena_release(&arena);
	return good;
}

/* A scenario that stays loaded from one attempt to the next of it. */
struct loaded {
	struct slice id, path;
	struct scenario_file *file; /* NULL: cannot be played */
	struct arena arena;
};

static const struct scenario *load(struct library *library, const struct store_session *session,
                                   struct loaded *loaded)
{
	const struct library_scenario *found;
	struct diags diags = {0};
	struct err err;

	if (!slice_eq(loaded->id, session->scenario) || !slice_eq(loaded->path, session->path)) {
		scenario_free(loaded->file);
		loaded->file = NULL;
		arena_clear(&loaded->arena);
		loaded->id = slice_copy(&loaded->arena, session->scenario);
		loaded->path = slice_copy(&loaded->arena, session->path);
		found = library_find(library, session->path.len ? session->path : session->scenario,
		                     &err);
		if (found)
			loaded->file = library_load(library, found, &diags, &err);
		if (diags.errors) {
			scenario_free(loaded->file);
			loaded->file = NULL;
		}
		diags_release(&diags);
	}
	return loaded->file ? scenario_of(loaded->file) : NULL;
}

/* Plays it through; false in `*fits` when its events make no sense with the scenario of today. */
static bool replay(struct store *store, struct library *library, const struct scenario *scenario,
                   const struct store_attempt *attempt, struct arena *arena, bool *fits,
                   struct err *err)
{
	struct store_events events;
	struct session *session;
	struct debrief debrief;
	struct err why;
	bool good = true;

	if (!store_load_events(store, attempt->id, arena, &events, err))
		return false;
	session = session_new(scenario, library->ruleset, library->detector, attempt->seed);
	*fits = session_replay(session, events.items, events.count, &why);
	if (*fits) {
		debrief_make(session, arena, &debrief);
		good = progress_keep(store, attempt, &debrief, attempt->ended, err);
	}
	session_free(session);
	return good;
}

static bool recount(struct store *store, struct library *library, int64_t id, struct loaded *loaded,
                    struct progress_rebuilt *out, struct err *err)
{
	struct store_session session;
	struct store_attempt attempt;
	const struct scenario *scenario;
	struct arena arena;
	bool fits = true;
	bool good;

	arena_init(&arena);
	good = store_load_attempt(store, id, &arena, &session, &attempt, err);
	scenario = good ? load(library, &session, loaded) : NULL;
	if (scenario)
		good = replay(store, library, scenario, &attempt, &arena, &fits, err);
	if (good && scenario && fits) {
		out->counted++;
		out->changed += attempt.scenario_hash != scenario->hash ||
		                attempt.rules_hash != library->ruleset->hash;
	} else if (good) {
		out->without_scenario++;
		good = store_regrade(store, &attempt, attempt.ended, err);
	}
	arena_release(&arena);
	return good;
}

bool progress_rebuild(struct store *store, struct library *library, size_t most,
                      struct progress_rebuilt *out, struct err *err)
{
	struct loaded loaded = {0};
	struct arena arena;
	int64_t *ids;
	size_t count;
	bool good;

	*out = (struct progress_rebuilt){0};
	arena_init(&arena);
	arena_init(&loaded.arena);
	good = store_ended_attempts(store, most == 0, &arena, &ids, &count, err) &&
	       (most > 0 || store_clear_grades(store, err));
	if (most && count > most)
		count = most;
	for (size_t i = 0; good && i < count; i++)
		good = recount(store, library, ids[i], &loaded, out, err);
	scenario_free(loaded.file);
	arena_release(&loaded.arena);
	arena_release(&arena);
	return good;
}
