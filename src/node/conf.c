/* SPDX-License-Identifier: BSD-2-Clause */
/* conf.c: the reader and the writer of configuration files (see conf.h). */
#include "src/node/conf.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/crypto.h>

#include <iuplus/iuplus.h>

#define FILE_LIMIT (1024 * 1024) /* a larger file is an error */

struct reader {
	const char *name;
	unsigned line;
	char *error;
};

static int __attribute__((format(printf, 2, 3))) complain(const struct reader *r, const char *format, ...)
{
	int at = r->line ? snprintf(r->error, NODE_CONF_ERROR, "%.200s:%u: ", r->name, r->line) :
			   snprintf(r->error, NODE_CONF_ERROR, "%.200s: ", r->name);
	va_list ap;
	va_start(ap, format);
	vsnprintf(r->error + at, NODE_CONF_ERROR - (size_t)at, format, ap);
	va_end(ap);
	return IUPLUS_ERR_SYNTAX;
}

static void list_words(const char *const *words, char *out, size_t size)
{
	size_t at = 0;
	out[0] = 0;
	for (unsigned i = 0; words[i] && at + 1 < size; i++) {
		int n = snprintf(out + at, size - at, "%s%s", i ? "|" : "", words[i]);
		at += n > 0 ? (size_t)n : 0;
	}
}

static int find_word(const char *const *words, const char *text, size_t len)
{
	for (int i = 0; words[i]; i++)
		if (strlen(words[i]) == len && !memcmp(words[i], text, len))
			return i;
	return -1;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static int value_number(const struct node_conf_key *key, const char *value, uint64_t *number)
{
	char *end;
	errno = 0;
	if (!isdigit((unsigned char)value[0]))
		return IUPLUS_ERR_SYNTAX;
	/* no octal: a leading zero has no meaning */
	int base = value[0] == '0' && (value[1] == 'x' || value[1] == 'X') ? 16 : 10;
	*number = strtoull(value, &end, base);
	if (*end || errno || *number < key->min || *number > key->max)
		return IUPLUS_ERR_SYNTAX;
	return 0;
}

static int value_words(const struct node_conf_key *key, const char *value, struct node_conf_list *list)
{
	*list = (struct node_conf_list){ 0 };
	while (*value) {
		size_t len = strcspn(value, " \t");
		int word = find_word(key->words, value, len), number = word + (int)key->min;
		if (word < 0 || list->count == NODE_CONF_LIST)
			return IUPLUS_ERR_SYNTAX;
		for (unsigned i = 0; i < list->count; i++)
			if (list->item[i] == number)
				return IUPLUS_ERR_SYNTAX;
		list->item[list->count++] = number;
		value += len;
		value += strspn(value, " \t");
	}
	return list->count ? 0 : IUPLUS_ERR_SYNTAX;
}

static int value_addr(const char *value, struct node_conf_addr *addr)
{
	const char *colon = strrchr(value, ':');
	struct in_addr in;
	if (!colon || (size_t)(colon - value) >= sizeof(addr->host))
		return IUPLUS_ERR_SYNTAX;
	memset(addr, 0, sizeof(*addr));
	memcpy(addr->host, value, (size_t)(colon - value));
	if (inet_pton(AF_INET, addr->host, &in) != 1)
		return IUPLUS_ERR_SYNTAX;
	uint64_t port;
	const struct node_conf_key range = { .min = 0, .max = 65535 };
	if (value_number(&range, colon + 1, &port))
		return IUPLUS_ERR_SYNTAX;
	addr->port = (uint16_t)port;
	return 0;
}

static int value_text(const struct node_conf_key *key, const char *value, char *out)
{
	size_t len = strlen(value);
	if (len >= NODE_CONF_TEXT || !len)
		return IUPLUS_ERR_SYNTAX;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)value[i];
		if (key->type == NODE_CONF_DIGITS && !isdigit(c))
			return IUPLUS_ERR_SYNTAX;
		if (key->type == NODE_CONF_NAME && !isalnum(c) && !strchr("-_.", c))
			return IUPLUS_ERR_SYNTAX;
		if (c < 0x20)
			return IUPLUS_ERR_SYNTAX;
	}
	if (key->type == NODE_CONF_DIGITS && (len < key->min || len > key->max))
		return IUPLUS_ERR_SYNTAX;
	memset(out, 0, NODE_CONF_TEXT);
	memcpy(out, value, len);
	return 0;
}

static int value_hex(const struct node_conf_key *key, const char *value, uint8_t *out)
{
	if (strlen(value) != 2 * key->max)
		return IUPLUS_ERR_SYNTAX;
	for (size_t i = 0; i < key->max; i++) {
		int high = hex_digit(value[2 * i]), low = hex_digit(value[2 * i + 1]);
		if (high < 0 || low < 0)
			return IUPLUS_ERR_SYNTAX;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return 0;
}

static void say_right(const struct node_conf_key *key, char *right)
{
	char words[160];
	switch (key->type) {
	case NODE_CONF_STRING:
		snprintf(right, NODE_CONF_ERROR, "a text of 1 to %d octets", NODE_CONF_TEXT - 1);
		break;
	case NODE_CONF_NAME:
		snprintf(right, NODE_CONF_ERROR, "letters, digits, '-', '_' and '.', at most %d", NODE_CONF_TEXT - 1);
		break;
	case NODE_CONF_DIGITS:
		if (key->min == key->max)
			snprintf(right, NODE_CONF_ERROR, "%llu digits", (unsigned long long)key->max);
		else
			snprintf(right, NODE_CONF_ERROR, "%llu to %llu digits", (unsigned long long)key->min,
				 (unsigned long long)key->max);
		break;
	case NODE_CONF_UINT:
	case NODE_CONF_UINT64:
		snprintf(right, NODE_CONF_ERROR, "a number from %llu to %llu", (unsigned long long)key->min,
			 (unsigned long long)key->max);
		break;
	case NODE_CONF_WORD:
		list_words(key->words, words, sizeof(words));
		snprintf(right, NODE_CONF_ERROR, "%s", words);
		break;
	case NODE_CONF_WORDS:
		list_words(key->words, words, sizeof(words));
		snprintf(right, NODE_CONF_ERROR, "one or more of %s, each once", words);
		break;
	case NODE_CONF_BOOL:
		snprintf(right, NODE_CONF_ERROR, "yes|no");
		break;
	case NODE_CONF_HEX:
	case NODE_CONF_SECRET:
		snprintf(right, NODE_CONF_ERROR, "%llu hex digits", 2 * (unsigned long long)key->max);
		break;
	case NODE_CONF_ADDR:
		snprintf(right, NODE_CONF_ERROR, "ADDRESS:PORT, such as 127.0.0.1:2905");
		break;
	}
}

int node_conf_value(const struct node_conf_key *key, const char *value, void *out, char right[NODE_CONF_ERROR])
{
	int rc = IUPLUS_ERR_SYNTAX, word;
	uint64_t number;
	switch (key->type) {
	case NODE_CONF_STRING:
	case NODE_CONF_NAME:
	case NODE_CONF_DIGITS:
		rc = value_text(key, value, out);
		break;
	case NODE_CONF_UINT:
		rc = value_number(key, value, &number);
		if (!rc)
			*(uint32_t *)out = (uint32_t)number;
		break;
	case NODE_CONF_UINT64:
		rc = value_number(key, value, &number);
		if (!rc)
			*(uint64_t *)out = number;
		break;
	case NODE_CONF_WORD:
		word = find_word(key->words, value, strlen(value));
		rc = word < 0 ? IUPLUS_ERR_SYNTAX : 0;
		if (!rc)
			*(int *)out = word;
		break;
	case NODE_CONF_WORDS:
		rc = value_words(key, value, out);
		break;
	case NODE_CONF_BOOL:
		rc = strcmp(value, "yes") && strcmp(value, "no") ? IUPLUS_ERR_SYNTAX : 0;
		if (!rc)
			*(bool *)out = !strcmp(value, "yes");
		break;
	case NODE_CONF_HEX:
	case NODE_CONF_SECRET:
		rc = value_hex(key, value, out);
		break;
	case NODE_CONF_ADDR:
		rc = value_addr(value, out);
		break;
	}
	if (rc)
		say_right(key, right);
	return rc;
}

static const struct node_conf_key *find_key(const struct node_conf_section *section, const char *name, unsigned *index)
{
	for (unsigned i = 0; section->keys[i].name; i++)
		if (!strcmp(section->keys[i].name, name)) {
			*index = i;
			return &section->keys[i];
		}
	return NULL;
}

static void list_keys(const struct node_conf_section *section, char *out, size_t size)
{
	size_t at = 0;
	out[0] = 0;
	for (unsigned i = 0; section->keys[i].name && at + 1 < size; i++) {
		int n = snprintf(out + at, size - at, "%s%s", i ? ", " : "", section->keys[i].name);
		at += n > 0 ? (size_t)n : 0;
	}
}

static void list_sections(const struct node_conf_section *table, char *out, size_t size)
{
	size_t at = 0;
	out[0] = 0;
	for (; table->name && at + 1 < size; table++) {
		if (!table->name[0])
			continue;
		int n = snprintf(out + at, size - at, "%s[%s%s]", at ? ", " : "", table->name,
				 table->label ? " LABEL" : "");
		at += n > 0 ? (size_t)n : 0;
	}
}

/* The state of the reader: the section, its struct, and the keys given in it. */
struct place {
	const struct node_conf_section *section;
	uint8_t *base;
	uint32_t seen;      /* a bit per key of the table: at most 32 */
	unsigned opened_at; /* line of the section's header, to report missing keys */
};

static int check_required(struct reader *r, const struct place *place)
{
	if (!place->section)
		return 0;
	for (unsigned i = 0; place->section->keys[i].name; i++) {
		const struct node_conf_key *key = &place->section->keys[i];
		if (!key->required || place->seen & 1u << i)
			continue;
		char right[NODE_CONF_ERROR];
		say_right(key, right);
		r->line = place->opened_at;
		if (!place->section->name[0])
			return complain(r, "key '%s' is missing; it takes %.160s and must be before the first section",
					key->name, right);
		return complain(r, "section [%s] has no '%s'; it takes %.160s", place->section->name, key->name, right);
	}
	return 0;
}

static int open_section(struct reader *r, const struct node_conf_section *table, uint8_t *out, char *header,
			uint32_t *opened, struct place *place)
{
	char *label = header + strcspn(header, " \t");
	if (*label) {
		*label++ = 0;
		label += strspn(label, " \t");
	}
	const struct node_conf_section *section = table;
	while (section->name && (!section->name[0] || strcmp(section->name, header)))
		section++;
	if (!section->name) {
		char all[200];
		list_sections(table, all, sizeof(all));
		return complain(r, "no section is called [%.60s]; there are %s", header, all);
	}
	unsigned index = (unsigned)(section - table);
	uint8_t *base = out + section->offset;
	if (section->label) {
		unsigned *count = (unsigned *)(void *)(out + section->count_offset);
		if (!(*opened & 1u << index))
			*count = 0;
		if (*count == section->max)
			return complain(r, "too many sections [%s]; at most %u", header, section->max);
		base += *count * section->stride;
		char right[NODE_CONF_ERROR];
		if (node_conf_value(section->label, label, base + section->label->offset, right))
			return complain(r, "[%s %.60s] has an invalid label; it takes %.160s", header, label, right);
		/* one label, one section */
		size_t size = section->label->type == NODE_CONF_UINT ? sizeof(uint32_t) : NODE_CONF_TEXT;
		for (unsigned i = 0; i < *count; i++)
			if (!memcmp(out + section->offset + i * section->stride + section->label->offset,
				    base + section->label->offset, size))
				return complain(r, "[%s %.60s] occurs twice; leave one out", header, label);
		++*count;
	} else if (*label) {
		return complain(r, "[%s] takes no label, it has '%.60s'; write [%s]", header, label, header);
	} else if (*opened & 1u << index) {
		return complain(r, "[%s] occurs twice; put its keys together", header);
	}
	*opened |= 1u << index;
	*place = (struct place){ section, base, 0, r->line };
	return 0;
}

static int read_key(struct reader *r, struct place *place, char *line)
{
	char *value = line + strcspn(line, " \t");
	if (*value) {
		*value++ = 0;
		value += strspn(value, " \t");
	}
	if (!place->section)
		return complain(r, "'%.60s' is before the first section; start with a section", line);
	unsigned index;
	const struct node_conf_key *key = find_key(place->section, line, &index);
	const char *open = place->section->name[0] ? "[" : "", *close = place->section->name[0] ? "]" : "";
	const char *where = place->section->name[0] ? place->section->name : "the first part";
	if (!key) {
		char all[240];
		list_keys(place->section, all, sizeof(all));
		return complain(r, "%s%s%s has no key '%.60s'; it has %s", open, where, close, line, all);
	}
	if (place->seen & 1u << index)
		return complain(r, "'%s' is given twice in %s%s%s; leave one out", key->name, open, where, close);
	char right[NODE_CONF_ERROR];
	if (!*value) {
		say_right(key, right);
		return complain(r, "'%s' has no value; it takes %.160s", key->name, right);
	}
	if (node_conf_value(key, value, place->base + key->offset, right)) {
		/* a value that may be a key is not repeated in the message */
		if (key->type == NODE_CONF_HEX || key->type == NODE_CONF_SECRET)
			return complain(r, "'%s' is wrong; it takes %.160s", key->name, right);
		return complain(r, "'%s' cannot be '%.60s'; it takes %.160s", key->name, value, right);
	}
	place->seen |= 1u << index;
	return 0;
}

static char *trim(char *line)
{
	line += strspn(line, " \t\r");
	char *hash = line;
	/* a '#' starts a comment at the start of a line or after blank space, so that a value may contain one */
	for (; *hash; hash++)
		if (*hash == '#' && (hash == line || hash[-1] == ' ' || hash[-1] == '\t'))
			break;
	*hash = 0;
	size_t len = strlen(line);
	while (len && strchr(" \t\r", line[len - 1]))
		line[--len] = 0;
	return line;
}

static int read_line(struct reader *r, const struct node_conf_section *table, uint8_t *out, char *line,
		     uint32_t *opened, struct place *place)
{
	line = trim(line);
	if (!*line)
		return 0;
	if (*line != '[')
		return read_key(r, place, line);
	char *close = strchr(line, ']');
	if (!close || close[1])
		return complain(r, "'%.60s' is not a section header; write [NAME] or [NAME LABEL] alone on its line",
				line);
	*close = 0;
	int rc = check_required(r, place);
	return rc ? rc : open_section(r, table, out, line + 1, opened, place);
}

int node_conf_parse(const char *name, const char *text, size_t len, const struct node_conf_section *table, void *out,
		    char error[NODE_CONF_ERROR])
{
	struct reader r = { name, 0, error };
	struct place place = { 0 };
	uint32_t opened = 0;
	error[0] = 0;
	for (const struct node_conf_section *s = table; s->name; s++)
		if (!s->name[0]) {
			place = (struct place){ s, (uint8_t *)out + s->offset, 0, 0 };
			opened |= 1u << (s - table);
		}
	int rc = 0;
	size_t at = 0;
	char line[1024];
	while (at < len && !rc) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t n = end ? (size_t)(end - text) - at : len - at;
		r.line++;
		if (n >= sizeof(line)) {
			rc = complain(&r, "the line has %zu octets; at most %zu", n, sizeof(line) - 1);
		} else if (memchr(text + at, 0, n)) {
			rc = complain(&r, "the line has a zero octet; the file must be text");
		} else {
			memcpy(line, text + at, n);
			line[n] = 0;
			rc = read_line(&r, table, out, line, &opened, &place);
		}
		at += n + 1;
	}
	OPENSSL_cleanse(line, sizeof(line));
	if (!rc)
		rc = check_required(&r, &place);
	for (const struct node_conf_section *s = table; s->name && !rc; s++)
		if (s->required && !(opened & 1u << (s - table))) {
			r.line = 0;
			rc = complain(&r, "no section [%s%s]; at least one is required", s->name,
				      s->label ? " LABEL" : "");
		}
	return rc;
}

int node_conf_read(const char *path, const struct node_conf_section *table, void *out, char error[NODE_CONF_ERROR])
{
	FILE *file = fopen(path, "r");
	if (!file) {
		snprintf(error, NODE_CONF_ERROR, "%.200s: %s; give a file that can be read", path, strerror(errno));
		return IUPLUS_ERR_IO;
	}
	/* no stdio buffer that would keep keys */
	setvbuf(file, NULL, _IONBF, 0);
	char *text = malloc(FILE_LIMIT + 1);
	int rc;
	if (!text) {
		snprintf(error, NODE_CONF_ERROR, "%.200s: no memory; free some", path);
		fclose(file);
		return IUPLUS_ERR_IO;
	}
	size_t len = fread(text, 1, FILE_LIMIT + 1, file);
	if (ferror(file)) {
		snprintf(error, NODE_CONF_ERROR, "%.200s: %s; give a file that can be read", path, strerror(errno));
		rc = IUPLUS_ERR_IO;
	} else if (len > FILE_LIMIT) {
		snprintf(error, NODE_CONF_ERROR, "%.200s: longer than %d octets; not a configuration", path,
			 FILE_LIMIT);
		rc = IUPLUS_ERR_SYNTAX;
	} else {
		rc = node_conf_parse(path, text, len, table, out, error);
	}
	OPENSSL_cleanse(text, len);
	free(text);
	fclose(file);
	return rc;
}

static void print_value(FILE *stream, const struct node_conf_key *key, const uint8_t *at)
{
	const struct node_conf_list *list;
	const struct node_conf_addr *addr;
	switch (key->type) {
	case NODE_CONF_STRING:
	case NODE_CONF_NAME:
	case NODE_CONF_DIGITS:
		fputs((const char *)at, stream);
		break;
	case NODE_CONF_UINT:
		fprintf(stream, "%u", *(const uint32_t *)(const void *)at);
		break;
	case NODE_CONF_UINT64:
		fprintf(stream, "%llu", (unsigned long long)*(const uint64_t *)(const void *)at);
		break;
	case NODE_CONF_WORD:
		fputs(key->words[*(const int *)(const void *)at], stream);
		break;
	case NODE_CONF_WORDS:
		list = (const void *)at;
		for (unsigned i = 0; i < list->count; i++)
			fprintf(stream, "%s%s", i ? " " : "", key->words[list->item[i] - (int)key->min]);
		break;
	case NODE_CONF_BOOL:
		fputs(*(const bool *)(const void *)at ? "yes" : "no", stream);
		break;
	case NODE_CONF_HEX:
	case NODE_CONF_SECRET:
		for (size_t i = 0; i < key->max; i++)
			fprintf(stream, "%02x", at[i]);
		break;
	case NODE_CONF_ADDR:
		addr = (const void *)at;
		fprintf(stream, "%s:%u", addr->host, addr->port);
		break;
	}
}

/* A value that the file may omit; the printer omits it. */
static bool is_empty(const struct node_conf_key *key, const uint8_t *at)
{
	switch (key->type) {
	case NODE_CONF_STRING:
	case NODE_CONF_NAME:
	case NODE_CONF_DIGITS:
		return !at[0];
	case NODE_CONF_WORDS:
		return !((const struct node_conf_list *)(const void *)at)->count;
	case NODE_CONF_ADDR:
		return !((const struct node_conf_addr *)(const void *)at)->host[0];
	default:
		return false;
	}
}

static void print_keys(FILE *stream, const struct node_conf_section *section, const uint8_t *base, bool hides)
{
	for (const struct node_conf_key *key = section->keys; key->name; key++) {
		if (is_empty(key, base + key->offset))
			continue;
		if (hides && key->type == NODE_CONF_SECRET) {
			fprintf(stream, "# %s is hidden\n", key->name);
			continue;
		}
		fprintf(stream, "%s ", key->name);
		print_value(stream, key, base + key->offset);
		fputc('\n', stream);
	}
}

static int print(FILE *stream, const struct node_conf_section *table, const void *in, bool hides)
{
	for (const struct node_conf_section *s = table; s->name; s++) {
		const uint8_t *base = (const uint8_t *)in + s->offset;
		if (!s->label) {
			if (s->name[0])
				fprintf(stream, "\n[%s]\n", s->name);
			print_keys(stream, s, base, hides);
			continue;
		}
		unsigned count = *(const unsigned *)(const void *)((const uint8_t *)in + s->count_offset);
		for (unsigned i = 0; i < count; i++, base += s->stride) {
			fprintf(stream, "\n[%s ", s->name);
			print_value(stream, s->label, base + s->label->offset);
			fputs("]\n", stream);
			print_keys(stream, s, base, hides);
		}
	}
	return fflush(stream) || ferror(stream) ? IUPLUS_ERR_IO : 0;
}

int node_conf_print(FILE *stream, const struct node_conf_section *table, const void *in)
{
	return print(stream, table, in, false);
}

int node_conf_show(FILE *stream, const struct node_conf_section *table, const void *in)
{
	return print(stream, table, in, true);
}
