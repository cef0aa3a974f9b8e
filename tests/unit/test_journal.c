/* test_journal.c: a conversation is in the log as it goes, whatever way it takes: saying, going
 * back, being left and gone on with come to the same as saying those turns straight. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "edge/file.h"
#include "edge/journal.h"
#include "edge/record.h"
#include "edge/report_json.h"
#include "edge/store_parts.h"
#include "small_world.h"

static const char *const utterances[] = {"how was it",  "mm",    "",          "why though",
                                         "you're lazy", "lazy!", "it's cold", "what now"};
#define UTTERANCES (sizeof(utterances) / sizeof(*utterances))
#define SEED 5

static char folder[] = "/tmp/rehearse-journal-XXXXXX";
static struct world world;
static struct arena arena;
static struct strbuf words;
static struct err err;

/* SQLite calls it by name. The power stays on here, and the tests are quick. */
int fdatasync(int fd)
{
	(void)fd;
	return 0;
}

/* A mentor at work. */
struct sitting {
	struct slice path;
	struct record record;
	struct session *session;
	struct journal *journal;
};

static struct journal *journal_at(struct slice path)
{
	struct journal_about about = {
	        .scenario = scenario_of(world.file), .ruleset = world.ruleset, .seed = SEED};
	struct store *store = store_open_at(path, STORE_WRITE, &err);

	if (!store)
		fail_msg("%s", err.text);
	return journal_new(&about, store);
}

static void sit_down(struct sitting *sitting, const char *name)
{
	*sitting = (struct sitting){.path = file_join(slice_of(folder), slice_of(name), &arena)};
	sitting->session = world_session(&world, SEED);
	sitting->journal = journal_at(sitting->path);
}

static void stand_up(struct sitting *sitting)
{
	journal_free(sitting->journal);
	session_free(sitting->session);
	record_release(&sitting->record);
	strbuf_clear(&words);
}

static void keep(struct sitting *sitting)
{
	journal_keep(sitting->journal, sitting->session, &words);
}

static void say(struct sitting *sitting, const char *text)
{
	const struct turn *turn = session_hear(sitting->session, slice_of(text), 0);

	assert_non_null(turn);
	session_reply(sitting->session, turn->line);
	keep(sitting);
}

static void go_back(struct sitting *sitting, uint32_t turn)
{
	session_rewind(sitting->session, turn);
	journal_branch(sitting->journal, sitting->session, turn, &words);
}

/* The program is gone, and another goes on with the same attempt. */
static void resume(struct sitting *sitting, struct slice which)
{
	struct store *store;

	journal_free(sitting->journal);
	session_free(sitting->session);
	record_release(&sitting->record);
	store = store_open_at(sitting->path, STORE_READ, &err);
	assert_non_null(store);
	if (!record_load(store, which, &sitting->record, &err))
		fail_msg("%s", err.text);
	store_close(store);
	sitting->session = world_session(&world, sitting->record.attempt.seed);
	if (!session_replay(sitting->session, sitting->record.events.items,
	                    sitting->record.events.count, &err))
		fail_msg("%s", err.text);
	sitting->journal = journal_at(sitting->path);
	journal_resume(sitting->journal, &sitting->record.session, &sitting->record.attempt,
	               sitting->session, false);
}

/* All that shows of a conversation, and its debrief. */
static void picture(struct session *session, struct strbuf *out)
{
	struct debrief debrief;
	struct json *object;
	struct arena scratch;
	size_t i;

	for (i = 1; i <= session_turns(session); i++) {
		object = report_json_turn(session_turn(session, i), false);
		json_print(object, out);
		strbuf_addc(out, '\n');
		json_free(object);
	}
	if (session_turns(session) == 0)
		return;
	arena_init(&scratch);
	debrief_make(session, &scratch, &debrief);
	object = report_json_debrief(&debrief);
	json_print(object, out);
	json_free(object);
	arena_release(&scratch);
}

static uint32_t dice(uint32_t *state, uint32_t sides)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 16) % sides;
}

/* One walk of say, redo, rewind and resume; `said` are the turns it comes to. */
static void walk(struct sitting *sitting, uint32_t *state, const char **said)
{
	int steps = 4 + (int)dice(state, 20);

	while (steps-- > 0) {
		uint32_t turns = (uint32_t)session_turns(sitting->session);
		uint32_t what = dice(state, 10);

		if (what < 5 && !session_ended(sitting->session)) {
			said[turns] = utterances[dice(state, UTTERANCES)];
			say(sitting, said[turns]);
		} else if (what < 7 && turns) {
			go_back(sitting, turns);
		} else if (what < 8 && turns) {
			go_back(sitting, 1 + dice(state, turns));
		} else if (journal_session(sitting->journal)) {
			resume(sitting, SLICE(""));
			assert_int_equal(session_turns(sitting->session), turns);
		}
	}
}

static void any_walk_equals_its_turns_said_straight(void **state)
{
	const char *said[64];
	uint32_t seed;

	(void)state;
	for (seed = 1; seed <= 100; seed++) {
		struct sitting sitting;
		struct session *straight = world_session(&world, SEED);
		struct strbuf walked = {0};
		struct strbuf direct = {0};
		uint32_t dices = seed;
		size_t turns;
		size_t i;

		sit_down(&sitting, slice_format(&arena, "walk%u.db", seed).at);
		walk(&sitting, &dices, said);
		turns = session_turns(sitting.session);
		if (journal_session(sitting.journal))
			resume(&sitting, SLICE(""));
		assert_int_equal(session_turns(sitting.session), turns);
		for (i = 0; i < session_turns(sitting.session); i++) {
			const struct turn *turn = session_hear(straight, slice_of(said[i]), 0);

			assert_non_null(turn);
			session_reply(straight, turn->line);
		}
		picture(sitting.session, &walked);
		picture(straight, &direct);
		assert_string_equal(walked.at ? walked.at : "", direct.at ? direct.at : "");
		assert_int_equal(words.len, 0);
		strbuf_release(&walked);
		strbuf_release(&direct);
		session_free(straight);
		stand_up(&sitting);
	}
}

static size_t count_of(struct sitting *sitting, const char *sql)
{
	struct store *store = store_open_at(sitting->path, STORE_READ, &err);
	int64_t number;

	assert_non_null(store);
	assert_true(store_number(store, sql, -1, &number, &err));
	store_close(store);
	return (size_t)number;
}

static void a_turn_is_in_the_log_when_it_is_kept(void **state)
{
	struct sitting sitting;

	(void)state;
	sit_down(&sitting, "kept.db");
	say(&sitting, "how was it");
	assert_int_equal(count_of(&sitting, "select count(*) from event where kind = 'hear'"), 1);
	assert_int_equal(count_of(&sitting, "select count(*) from event where kind = 'reply'"), 1);
	say(&sitting, "mm");
	assert_int_equal(count_of(&sitting, "select count(*) from event where kind = 'hear'"), 2);
	assert_true(journal_is_safe(sitting.journal, sitting.session));
	stand_up(&sitting);
}

static void nothing_said_leaves_nothing(void **state)
{
	struct sitting sitting;

	(void)state;
	sit_down(&sitting, "nothing.db");
	session_hint_given(sitting.session, SLICE("Wait."));
	keep(&sitting);
	session_end(sitting.session);
	assert_false(journal_end(sitting.journal, sitting.session, &words));
	assert_int_equal(count_of(&sitting, "select count(*) from session"), 0);
	stand_up(&sitting);
}

static void the_attempt_gone_back_from_is_kept(void **state)
{
	struct sitting sitting;

	(void)state;
	sit_down(&sitting, "branch.db");
	say(&sitting, "how was it");
	say(&sitting, "you're lazy");
	go_back(&sitting, 2);
	say(&sitting, "mm");
	assert_int_equal(count_of(&sitting, "select count(*) from attempt"), 2);
	assert_int_equal(count_of(&sitting, "select count(*) from event where attempt = 1"), 4);
	assert_int_equal(count_of(&sitting, "select parent from attempt where number = 2"), 1);
	assert_int_equal(count_of(&sitting, "select shared from attempt where number = 2"), 1);
	stand_up(&sitting);
}

static void a_branch_without_a_word_of_its_own_is_taken_back_at_the_end(void **state)
{
	struct sitting sitting;

	(void)state;
	sit_down(&sitting, "wordless.db");
	say(&sitting, "how was it");
	say(&sitting, "mm");
	go_back(&sitting, 2);
	assert_int_equal(count_of(&sitting, "select count(*) from attempt"), 2);
	session_end(sitting.session);
	assert_false(journal_end(sitting.journal, sitting.session, &words));
	assert_int_equal(count_of(&sitting, "select count(*) from attempt"), 1);
	stand_up(&sitting);
}

static void an_end_counts_once(void **state)
{
	struct sitting sitting;

	(void)state;
	sit_down(&sitting, "end.db");
	say(&sitting, "how was it");
	session_end(sitting.session);
	assert_true(journal_end(sitting.journal, sitting.session, &words));
	assert_false(journal_end(sitting.journal, sitting.session, &words));
	resume(&sitting, SLICE("1"));
	assert_false(journal_end(sitting.journal, sitting.session, &words));
	assert_true(session_ended(sitting.session));
	stand_up(&sitting);
}

static void an_ending_is_logged_with_the_last_words(void **state)
{
	struct sitting sitting;

	(void)state;
	sit_down(&sitting, "ending.db");
	while (!session_ended(sitting.session))
		say(&sitting, "you're lazy");
	assert_true(journal_end(sitting.journal, sitting.session, &words));
	assert_int_equal(count_of(&sitting, "select count(*) from attempt where ending = 'walked'"
	                                    " and closing = '(stands) No.'"),
	                 1);
	stand_up(&sitting);
}

static void a_locked_log_is_told_once_and_caught_up_with(void **state)
{
	struct sitting sitting;
	struct store *other;

	(void)state;
	sit_down(&sitting, "locked.db");
	store_patience(journal_store(sitting.journal), 10);
	say(&sitting, "how was it");
	other = store_open_at(sitting.path, STORE_WRITE, &err);
	assert_true(store_begin(other, &err));
	say(&sitting, "mm");
	assert_non_null(strstr(words.at, "in use by another program"));
	assert_non_null(strstr(words.at, "/save FILE"));
	assert_false(journal_is_safe(sitting.journal, sitting.session));
	strbuf_clear(&words);
	say(&sitting, "what now");
	assert_int_equal(words.len, 0);
	store_rollback(other);
	say(&sitting, "mm");
	assert_non_null(strstr(words.at, "takes words again"));
	assert_true(journal_is_safe(sitting.journal, sitting.session));
	assert_int_equal(count_of(&sitting, "select count(*) from event where kind = 'hear'"), 4);
	store_close(other);
	stand_up(&sitting);
}

/* By somebody who tidied up, or a home that was unmounted: what is written then is written nowhere.
 */
static void a_log_that_is_taken_away_is_told_once_and_caught_up_with(void **state)
{
	struct sitting sitting;
	struct slice away;

	(void)state;
	sit_down(&sitting, "away.db");
	away = file_join(slice_of(folder), SLICE("elsewhere.db"), &arena);
	say(&sitting, "how was it");
	assert_int_equal(rename(sitting.path.at, away.at), 0);
	say(&sitting, "mm");
	assert_non_null(strstr(words.at, "is no longer where it was"));
	assert_non_null(strstr(words.at, "/save FILE"));
	assert_false(journal_is_safe(sitting.journal, sitting.session));
	strbuf_clear(&words);
	say(&sitting, "what now");
	assert_int_equal(words.len, 0);
	assert_int_equal(rename(away.at, sitting.path.at), 0);
	say(&sitting, "mm");
	assert_non_null(strstr(words.at, "takes words again"));
	assert_int_equal(count_of(&sitting, "select count(*) from event where kind = 'hear'"), 4);
	stand_up(&sitting);
}

static void two_who_go_on_with_one_attempt_are_both_kept(void **state)
{
	struct sitting one;
	struct sitting two;

	(void)state;
	sit_down(&one, "both.db");
	say(&one, "how was it");
	sit_down(&two, "both.db");
	resume(&two, SLICE("1"));
	say(&two, "mm");
	say(&one, "what now");
	assert_non_null(strstr(words.at, "yours is kept as 1.2"));
	assert_int_equal(count_of(&one, "select count(*) from event where kind = 'hear'"), 4);
	assert_int_equal(count_of(&one, "select shared from attempt where number = 2"), 1);
	stand_up(&one);
	stand_up(&two);
}

static void what_was_forgotten_is_not_written_again(void **state)
{
	struct sitting sitting;
	struct store *other;

	(void)state;
	sit_down(&sitting, "forgotten.db");
	say(&sitting, "how was it");
	other = store_open_at(sitting.path, STORE_WRITE, &err);
	assert_true(store_forget(other, 1, &err));
	say(&sitting, "mm");
	assert_non_null(strstr(words.at, "removed"));
	strbuf_clear(&words);
	say(&sitting, "what now");
	assert_int_equal(words.len, 0);
	assert_int_equal(count_of(&sitting, "select count(*) from event"), 0);
	store_close(other);
	stand_up(&sitting);
}

static void what_is_saved_is_read_again(void **state)
{
	struct slice path = file_join(slice_of(folder), SLICE("talk.jsonl"), &arena);
	struct session *again = world_session(&world, SEED);
	struct record record;
	struct diags diags = {0};
	struct strbuf before = {0};
	struct strbuf after = {0};
	struct sitting sitting;

	(void)state;
	sit_down(&sitting, "save.db");
	say(&sitting, "how “was”\nit\t\\ \x7f");
	assert_true(session_strike(sitting.session, 1, SLICE("open_question")));
	session_hint_given(sitting.session, SLICE("Wait."));
	say(&sitting, "");
	say(&sitting, "you're lazy");
	assert_true(journal_save(sitting.journal, sitting.session, path, &err));
	assert_false(journal_save(sitting.journal, sitting.session, path, &err));
	assert_true(record_read(path, &record, &diags, &err));
	assert_int_equal(diags.errors, 0);
	assert_int_equal(record.session.id, 0);
	assert_true(record.attempt.seed == SEED);
	assert_true(record.attempt.scenario_hash == scenario_of(world.file)->hash);
	assert_true(record.attempt.rules_hash == world.ruleset->hash);
	assert_true(session_replay(again, record.events.items, record.events.count, &err));
	picture(sitting.session, &before);
	picture(again, &after);
	assert_string_equal(before.at, after.at);
	assert_int_equal(session_hints(again), 1);
	record_release(&record);
	diags_release(&diags);
	strbuf_release(&before);
	strbuf_release(&after);
	session_free(again);
	stand_up(&sitting);
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	world_init(&world);
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct slice command = slice_format(&arena, "rm -rf %s", folder);
	int failed = system(command.at);

	(void)state;
	strbuf_release(&words);
	world_release(&world);
	arena_release(&arena);
	return failed;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(any_walk_equals_its_turns_said_straight),
	        cmocka_unit_test(a_turn_is_in_the_log_when_it_is_kept),
	        cmocka_unit_test(nothing_said_leaves_nothing),
	        cmocka_unit_test(the_attempt_gone_back_from_is_kept),
	        cmocka_unit_test(a_branch_without_a_word_of_its_own_is_taken_back_at_the_end),
	        cmocka_unit_test(an_end_counts_once),
	        cmocka_unit_test(an_ending_is_logged_with_the_last_words),
	        cmocka_unit_test(a_locked_log_is_told_once_and_caught_up_with),
	        cmocka_unit_test(a_log_that_is_taken_away_is_told_once_and_caught_up_with),
	        cmocka_unit_test(two_who_go_on_with_one_attempt_are_both_kept),
	        cmocka_unit_test(what_was_forgotten_is_not_written_again),
	        cmocka_unit_test(what_is_saved_is_read_again),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
