/* po.c: see po.h. */
#include "edge/po.h"

#include <gettext-po.h>
#include <setjmp.h>
#include <stdlib.h>

#include "base/limits.h"
#include "edge/file.h"

/* One message of a file that was read, to be found by hash. */
struct entry {
	uint64_t hash;
	struct slice context, text, translation;
};

struct po {
	po_file_t file;
	po_message_iterator_t end; /* of one being written */
	struct arena arena;
	struct table entries;
};

/* The library's handlers are given nothing of ours: where to say what is wrong, and where to go
 * on after what it calls fatal. One call at a time. */
static struct err *told;
static bool wrong;
static jmp_buf fatal;

static void say(int severity, const char *file, size_t line, const char *text)
{
	struct slice words = slice_trim(slice_of(text));

	if (severity == PO_SEVERITY_WARNING)
		return;
	/* The first says where; the rest follow from it. */
	if (!wrong && file && line != (size_t)-1)
		err_set(told, "%s:%zu: %.*s", file, line, SLICE_ARGS(slice_sub(words, 0, 200)));
	else if (!wrong)
		err_set(told, "%.*s", SLICE_ARGS(slice_sub(words, 0, 200)));
	wrong = true;
	if (severity == PO_SEVERITY_FATAL_ERROR)
		longjmp(fatal, 1);
}

static void handle(int severity, po_message_t message, const char *file, size_t line, size_t column,
                   int multiline, const char *text)
{
	(void)message;
	(void)column;
	(void)multiline;
	say(severity, file, line, text);
}

static void handle_two(int severity, po_message_t message1, const char *file1, size_t line1,
                       size_t column1, int multiline1, const char *text1, po_message_t message2,
                       const char *file2, size_t line2, size_t column2, int multiline2,
                       const char *text2)
{
	(void)message2;
	(void)file2;
	(void)line2;
	(void)column2;
	(void)multiline2;
	(void)text2;
	handle(severity, message1, file1, line1, column1, multiline1, text1);
}

static const struct po_xerror_handler handlers = {handle, handle_two};

static struct po *po_alloc(void)
{
	struct po *po = mem_alloc(sizeof(*po));

	arena_init(&po->arena);
	return po;
}

struct po *po_new(struct slice project, struct slice language)
{
	struct po *po = po_alloc();
	po_message_t header = po_message_create();

	po->file = po_file_create();
	po->end = po_message_iterator(po->file, NULL);
	po_message_set_msgid(header, "");
	po_message_set_msgstr(header, slice_format(&po->arena,
	                                           "Project-Id-Version: %.*s\n"
	                                           "Language: %.*s\n"
	                                           "MIME-Version: 1.0\n"
	                                           "Content-Type: text/plain; charset=UTF-8\n"
	                                           "Content-Transfer-Encoding: 8bit\n",
	                                           SLICE_ARGS(project), SLICE_ARGS(language))
	                                      .at);
	po_message_insert(po->end, header);
	return po;
}

static const char *text_of(struct po *po, struct slice text)
{
	return slice_copy(&po->arena, text).at;
}

void po_add(struct po *po, struct slice context, struct slice text, struct slice translation,
            const char *note, struct slice file, uint32_t line)
{
	po_message_t message = po_message_create();

	po_message_set_msgctxt(message, text_of(po, context));
	po_message_set_msgid(message, text_of(po, text));
	po_message_set_msgstr(message, translation.len ? text_of(po, translation) : "");
	if (note)
		po_message_set_extracted_comments(message, note);
	po_message_add_filepos(message, text_of(po, file), line);
	po_message_insert(po->end, message);
}

bool po_write(struct po *po, struct err *err)
{
	told = err;
	wrong = false;
	if (setjmp(fatal) == 0)
		po_file_write(po->file, "-", &handlers);
	return !wrong;
}

static void remember(struct po *po, po_message_t message)
{
	const char *context = po_message_msgctxt(message);
	struct entry *entry = table_add(&po->arena, &po->entries, sizeof(*entry));

	entry->context = slice_of(context ? context : "");
	entry->text = slice_of(po_message_msgid(message));
	entry->translation = slice_of(po_message_msgstr(message));
	entry->hash = slice_hash(slice_hash(SLICE_HASH_SEED, entry->context), entry->text);
}

static int by_hash(const void *left, const void *right)
{
	const struct entry *a = left;
	const struct entry *b = right;

	return a->hash < b->hash ? -1 : a->hash > b->hash;
}

static void read_messages(struct po *po)
{
	po_message_iterator_t at = po_message_iterator(po->file, NULL);
	po_message_t message;

	while ((message = po_next_message(at)))
		if (!po_message_is_fuzzy(message) && !po_message_is_obsolete(message))
			remember(po, message);
	po_message_iterator_free(at);
	if (po->entries.count)
		qsort(po->entries.items, po->entries.count, sizeof(struct entry), by_hash);
}

struct po *po_read(struct slice path, struct err *err)
{
	struct po *volatile po = po_alloc();
	struct strbuf text = {0};
	bool good = file_read(path, LIMIT_FILE_BYTES, &text, err);

	strbuf_release(&text);
	if (!good) {
		po_free(po);
		return NULL;
	}
	told = err;
	wrong = false;
	if (setjmp(fatal) == 0)
		po->file = po_file_read(text_of(po, path), &handlers);
	if (wrong || !po->file) {
		if (!wrong)
			err_set(err, "cannot read ‘%.*s’ as a PO file",
			        SLICE_ARGS(slice_sub(path, 0, 240)));
		po_free(po);
		return NULL;
	}
	read_messages(po);
	return po;
}

struct slice po_find(const struct po *po, struct slice context, struct slice text)
{
	const struct entry *entries = po->entries.items;
	uint64_t hash = slice_hash(slice_hash(SLICE_HASH_SEED, context), text);
	size_t low = 0;
	size_t high = po->entries.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (entries[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < po->entries.count && entries[low].hash == hash; low++)
		if (slice_eq(entries[low].context, context) && slice_eq(entries[low].text, text))
			return entries[low].translation;
	return SLICE("");
}

struct slice po_language(const struct po *po, struct arena *arena)
{
	const char *header = po_file_domain_header(po->file, NULL);
	char *field = header ? po_header_field(header, "Language") : NULL;
	struct slice language = slice_copy(arena, slice_trim(slice_of(field)));

	free(field);
	return language;
}

void po_free(struct po *po)
{
	if (!po)
		return;
	if (po->end)
		po_message_iterator_free(po->end);
	if (po->file)
		po_file_free(po->file);
	arena_release(&po->arena);
	free(po);
}
