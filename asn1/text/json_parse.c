/* SPDX-License-Identifier: BSD-2-Clause */
/* json_parse.c: text into jansson's values (RFC 8259); json_in.h has the reason. */
#include <string.h>

#include "asn1/text/json_in.h"

#define NESTED 1000u /* one level of a value needs several levels of JSON */

struct parser {
	const char *at, *end;
	struct iuplus_arena *arena;
	int rc;
	const char *what;
};

static json_t *value(struct parser *p, unsigned depth);

/* NULL, for the caller to return. */
static void *bad(struct parser *p, const char *what)
{
	p->rc = IUPLUS_ERR_SYNTAX;
	p->what = what;
	return NULL;
}

/* Returns v; if it is NULL, records the lack of memory. */
static void *made(struct parser *p, void *v)
{
	if (!v) {
		p->rc = IUPLUS_ERR_MEMORY;
		p->what = "no memory";
	}
	return v;
}

static bool next_is(const struct parser *p, char c)
{
	return p->at < p->end && *p->at == c;
}

static void blanks(struct parser *p)
{
	while (p->at < p->end && (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r'))
		p->at++;
}

/* The four digits of a code unit; -1 if they are invalid. */
static int code_unit(struct parser *p)
{
	static const char digits[] = "0123456789abcdef";
	int v = 0, i;

	for (i = 0; i < 4; i++) {
		const char *d = p->at < p->end && *p->at ?
					strchr(digits, *p->at >= 'A' && *p->at <= 'F' ? *p->at + 32 : *p->at) :
					NULL;

		if (!d)
			return -1;
		v = v << 4 | (int)(d - digits);
		p->at++;
	}
	return v;
}

static size_t utf8(char *to, int c)
{
	unsigned more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3, i;
	static const unsigned char first[] = { 0, 0xc0, 0xe0, 0xf0 };

	to[0] = (char)(first[more] | c >> 6 * more);
	for (i = 1; i <= more; i++)
		to[i] = (char)(0x80 | (c >> 6 * (more - i) & 63));
	return 1 + more;
}

/* An escape after its "\"; returns its number of octets. */
static size_t escape(struct parser *p, char *to)
{
	static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	const char *l;
	int c, low;

	if (p->at == p->end)
		return 0;
	if (*p->at != 'u') {
		l = *p->at ? strchr(letters, *p->at++) : NULL;
		if (l)
			*to = means[l - letters];
		return l != NULL;
	}
	p->at++;
	c = code_unit(p);
	if (c <= 0 || (c >= 0xdc00 && c < 0xe000))
		return 0;
	if (c >= 0xd800 && c < 0xdc00) {
		if (p->end - p->at < 2 || p->at[0] != '\\' || p->at[1] != 'u')
			return 0;
		p->at += 2;
		low = code_unit(p);
		if (low < 0xdc00 || low >= 0xe000)
			return 0;
		c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
	}
	return utf8(to, c);
}

/* The octets of a string followed by a zero, in the arena. */
static char *string(struct parser *p, size_t *length)
{
	const char *close;
	size_t n = 0, more;
	char *s;

	if (!next_is(p, '"'))
		return bad(p, "not a string");
	close = ++p->at;
	while (close < p->end && *close != '"')
		close += *close == '\\' ? 2 : 1;
	if (close >= p->end)
		return bad(p, "an unterminated string");
	/* no escape is longer as UTF-8 */
	s = made(p, iuplus_arena_alloc(p->arena, (size_t)(close - p->at) + 1));
	if (!s)
		return NULL;
	while (p->at < close) {
		if ((unsigned char)*p->at < 32)
			return bad(p, "a control character in a string");
		if (*p->at != '\\') {
			s[n++] = *p->at++;
			continue;
		}
		p->at++;
		more = escape(p, s + n);
		if (!more)
			return bad(p, "an invalid escape");
		n += more;
	}
	p->at++;
	s[n] = '\0';
	*length = n;
	return s;
}

static bool digits(struct parser *p)
{
	const char *from = p->at;

	while (p->at < p->end && *p->at >= '0' && *p->at <= '9')
		p->at++;
	return p->at > from;
}

static json_t *number(struct parser *p)
{
	bool negative = next_is(p, '-'), whole = true;
	const char *from, *last;
	json_int_t v = 0;

	p->at += negative;
	from = p->at;
	if (!digits(p) || (*from == '0' && p->at > from + 1))
		return bad(p, "no JSON");
	last = p->at;
	if (next_is(p, '.')) {
		whole = false;
		p->at++;
		if (!digits(p))
			return bad(p, "a number without digits after its point");
	}
	if (next_is(p, 'e') || next_is(p, 'E')) {
		whole = false;
		p->at++;
		p->at += next_is(p, '+') || next_is(p, '-');
		if (!digits(p))
			return bad(p, "a number with an empty exponent");
	}
	if (!whole)
		return made(p, json_real(0));
	for (; from < last; from++) {
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, negative ? '0' - *from : *from - '0', &v))
			return bad(p, "a number of more than 64 bits");
	}
	return made(p, json_integer(v));
}

/* Adds an item, or a member with its name, to a container. */
static bool item(struct parser *p, json_t *whole, bool object, unsigned depth)
{
	size_t length;
	char *name = NULL;
	json_t *v;

	blanks(p);
	if (object) {
		name = string(p, &length);
		if (!name)
			return false;
		if (json_object_get(whole, name))
			return bad(p, "a repeated member") != NULL;
		blanks(p);
		if (!next_is(p, ':'))
			return bad(p, "a name without a value") != NULL;
		p->at++;
	}
	v = value(p, depth);
	if (!v)
		return false;
	if (object ? json_object_set_new_nocheck(whole, name, v) : json_array_append_new(whole, v))
		return made(p, NULL) != NULL;
	return true;
}

static json_t *container(struct parser *p, bool object, unsigned depth)
{
	json_t *whole = made(p, object ? json_object() : json_array());
	char close = object ? '}' : ']';

	if (!whole)
		return NULL;
	p->at++;
	blanks(p);
	if (next_is(p, close)) {
		p->at++;
		return whole;
	}
	while (item(p, whole, object, depth)) {
		blanks(p);
		if (next_is(p, close)) {
			p->at++;
			return whole;
		}
		if (!next_is(p, ',')) {
			bad(p, "neither a comma nor the end");
			break;
		}
		p->at++;
	}
	json_decref(whole);
	return NULL;
}

static json_t *word(struct parser *p, const char *text, json_t *means)
{
	size_t n = strlen(text);

	if ((size_t)(p->end - p->at) < n || memcmp(p->at, text, n) != 0)
		return bad(p, "no JSON");
	p->at += n;
	return means;
}

static json_t *value(struct parser *p, unsigned depth)
{
	size_t length;
	char *s;

	blanks(p);
	if (p->at == p->end)
		return bad(p, "no JSON");
	if (depth == NESTED)
		return bad(p, "nested too deep");
	switch (*p->at) {
	case '{':
	case '[':
		return container(p, *p->at == '{', depth + 1);
	case '"':
		s = string(p, &length);
		return s ? made(p, json_stringn_nocheck(s, length)) : NULL;
	case 't':
		return word(p, "true", json_true());
	case 'f':
		return word(p, "false", json_false());
	case 'n':
		return word(p, "null", json_null());
	default:
		return number(p);
	}
}

int per_parse_json(const char *text, size_t len, struct iuplus_arena *arena, json_t **root, struct per_failure *f)
{
	struct parser p = { .at = text, .end = text + len, .arena = arena };

	*root = value(&p, 0);
	if (*root) {
		blanks(&p);
		if (p.at < p.end) {
			bad(&p, "text after the value");
			json_decref(*root);
			*root = NULL;
		}
	}
	return per_fail(f, p.rc, p.what, p.rc == IUPLUS_ERR_SYNTAX ? (size_t)(p.at - text) : 0);
}
