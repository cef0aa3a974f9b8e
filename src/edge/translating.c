/* translating.c: see translating.h. */
#include "edge/translating.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/po.h"
#include "load/language.h"
#include "load/strings.h"

static bool is_temperament(struct slice name)
{
	return slice_ends(name, TEMPERAMENT_ENDING);
}

/* The file that is meant, read. False after saying why. */
static bool read_source(const struct translating *request, struct arena *arena,
                        struct source *source, enum status *status)
{
	const struct library_scenario *scenario;
	struct strbuf text = {0};
	struct err err;
	bool good;

	source->path = request->name;
	if (!is_temperament(request->name)) {
		scenario = library_find(request->library, request->name, &err);
		if (!scenario) {
			*status = library_find_status(request->name);
			out_err(&err);
			return false;
		}
		source->path = scenario->file.path;
	}
	good = file_read(source->path, LIMIT_FILE_BYTES, &text, &err);
	if (good)
		source->text = slice_copy(arena, strbuf_slice(&text));
	else
		out_err(&err);
	strbuf_release(&text);
	*status = STATUS_TROUBLE;
	return good;
}

static bool find_strings(const struct source *source, struct arena *arena, struct strings *strings)
{
	struct diags diags = {0};
	bool sound;

	strings_find(source, arena, strings, &diags);
	sound = diags.errors == 0;
	if (!sound)
		out_diags(&diags);
	diags_release(&diags);
	return sound;
}

static enum status write_po(const struct translating *request, const struct source *source,
                            const struct strings *strings)
{
	struct slice name = file_name(source->path);
	struct po *po = po_new(name, request->to);
	enum status status = STATUS_FINE;
	struct err err;
	size_t i;

	for (i = 0; i < strings->count; i++) {
		const struct string *string = &strings->items[i];

		po_add(po, string->context, string->text, SLICE(""), string->note, name,
		       string->line);
	}
	if (!out_flush() || !po_write(po, &err)) {
		out_err(&err);
		status = STATUS_TROUBLE;
	}
	po_free(po);
	return status;
}

/* The language of the translation. False with words. */
static bool which_language(const struct translating *request, const struct po *po,
                           const struct source *source, struct arena *arena, struct slice *language,
                           struct err *err)
{
	*language = request->to.len ? request->to : po_language(po, arena);
	if (!language_is_id(*language)) {
		err_set(err, "the PO file does not say which language it is in; say ‘--to fr’");
		return false;
	}
	if (!slice_eq(language_of(source->text), LANGUAGE_ENGLISH)) {
		err_set(err,
		        "‘%.*s’ already says which language it is in; translate from the English",
		        SLICE_ARGS(slice_sub(source->path, 0, 240)));
		return false;
	}
	return true;
}

static size_t look_up(const struct po *po, const struct strings *strings, struct slice *found)
{
	size_t missing = 0;
	size_t i;

	for (i = 0; i < strings->count; i++) {
		found[i] = po_find(po, strings->items[i].context, strings->items[i].text);
		if (utf8_invalid(found[i]) < found[i].len || utf8_control(found[i]) < found[i].len)
			found[i] = SLICE("");
		missing += found[i].len == 0;
	}
	return missing;
}

static void say_missing(size_t missing, size_t all)
{
	struct strbuf words = {0};

	strbuf_addf(&words, "rehearse: %zu of %zu texts %s not translated yet and stay%s as %s",
	            missing, all, missing == 1 ? "is" : "are", missing == 1 ? "s" : "",
	            missing == 1 ? "it is" : "they are");
	if (missing)
		out_note(strbuf_slice(&words));
	strbuf_release(&words);
}

static enum status put_po(const struct translating *request, const struct source *source,
                          const struct strings *strings, struct arena *arena)
{
	struct slice *found = ARENA_ARRAY(arena, struct slice, strings->count + 1);
	struct strbuf out = {0};
	struct slice language;
	struct err err;
	struct po *po = po_read(request->put, &err);

	if (!po || !which_language(request, po, source, arena, &language, &err)) {
		out_err(&err);
		po_free(po);
		return STATUS_TROUBLE;
	}
	say_missing(look_up(po, strings, found), strings->count);
	strings_put(source, strings, found, language, &out);
	out_put(strbuf_slice(&out));
	strbuf_release(&out);
	po_free(po);
	return STATUS_FINE;
}

enum status translating_run(const struct translating *request, struct arena *arena)
{
	struct source *source = ARENA_NEW(arena, struct source);
	struct strings strings = {0};
	enum status status;
	struct err err;

	if (request->to.len && !language_is_id(request->to)) {
		err_set(&err, "%s", LANGUAGE_WANTED);
		out_err(&err);
		return STATUS_USAGE;
	}
	if (!read_source(request, arena, source, &status))
		return status;
	if (!find_strings(source, arena, &strings))
		return STATUS_FINDINGS;
	if (request->put.len)
		return put_po(request, source, &strings, arena);
	return write_po(request, source, &strings);
}
